"""Papers and data for the tests of the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assistant.clock import CHINA
from assistant.letter import LetterData, Sealed, compose_all, seal
from content.schema import Bilingual, LetterPart, Paper

SIGNED_AT = datetime(2020, 7, 1, 9, 30, 15, tzinfo=CHINA)


def both(text: str) -> Bilingual:
    """A text that is the same in both languages."""
    return Bilingual(en=text, zh=text)


def paper(**more: str) -> Paper:
    """A short letter; ``more`` adds parts of one paragraph."""
    promise = Bilingual(
        en="I, {name} ({id_type} {id_number}), meet the conditions for {exam}: {conditions}.",
        zh="本人{name}（{id_type} {id_number}）符合{exam}报考条件：{conditions}。",
    )
    what = Bilingual(
        en="{province}, {city}, {point}; {level}; {major}; {subjects}; {education}; {degree}; {work_years}",
        zh="{province}{city}{point}，{level}，{major}，{subjects}，{education}，{degree}，{work_years}",
    )
    foot = both("{edition} {content_version} {reference} {signed_at}")
    parts = [
        LetterPart(id="promise", heading=Bilingual(en="Promise", zh="承诺"), paragraphs=(promise, what, foot))
    ]
    parts += [LetterPart(id=id, heading=both(id), paragraphs=(both(text),)) for id, text in more.items()]
    title = Bilingual(en="Commitment letter", zh="报考承诺书")
    return Paper(id="commitment-letter", title=title, parts=tuple(parts), source="test")


def data(**change: object) -> LetterData:
    """A candidate's data."""
    plain = LetterData(
        name="王小明",
        id_type=Bilingual(en="resident ID card", zh="居民身份证"),
        id_number="11010519491231002X",
        exam=Bilingual(en="class-1 constructor", zh="一级建造师"),
        province=Bilingual(en="Jiangsu", zh="江苏省"),
        city=Bilingual(en="Nanjing", zh="南京市"),
        point=Bilingual(en="Nanjing office", zh="南京核查点"),
        level=Bilingual(en="all subjects", zh="考全科"),
        major=Bilingual(en="building", zh="建筑工程"),
        subjects=(Bilingual(en="Economics", zh="工程经济"), Bilingual(en="Law", zh="法规")),
        education=Bilingual(en="bachelor 2005", zh="本科 2005"),
        degree=Bilingual(en="bachelor 2005", zh="学士 2005"),
        work_years=Bilingual(en="6 years", zh="6年"),
        conditions=Bilingual(en="4 years\n of work", zh="工作满4年"),
        edition=Bilingual(en="pilot", zh="试点"),
        content_version="1.0",
        reference="CN-7K3Q",
        signed_at=SIGNED_AT,
    )
    return replace(plain, **change)  # type: ignore[arg-type]


def sealed(signer: Ed25519PrivateKey | None = None, **change: object) -> Sealed:
    """A signed letter."""
    filled = data(**change)
    verdict = seal(
        compose_all(paper(), filled),
        typed_name=filled.name,
        name=filled.name,
        signed_at=SIGNED_AT,
        reference=filled.reference,
        edition="pilot",
        content_version=filled.content_version,
        password_ok=True,
        signer=signer,
    )
    assert verdict.value is not None
    return verdict.value
