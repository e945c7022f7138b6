"""Only the candidate signs, and one changed character is found."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.files import FileRefusedError
from assistant.letter import (
    canonical,
    compose_all,
    holds,
    open_signing_key,
    render,
    seal,
    verify_bytes,
    verify_file,
    write,
)
from content.loader import places, read
from content.schema import Bilingual

from . import letters

WORDS = Path(__file__).parents[3] / "content" / "words"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


def signing(**change: object) -> list[str]:
    given_: dict[str, object] = {
        "typed_name": "王小明",
        "name": "王小明",
        "signed_at": letters.SIGNED_AT,
        "reference": "CN-7K3Q",
        "edition": "pilot",
        "content_version": "1.0",
        "password_ok": True,
    }
    verdict = seal(compose_all(letters.paper(), letters.data()), **{**given_, **change})  # type: ignore[arg-type]
    return [problem.code for problem in verdict.problems]


@pytest.mark.req("5.2")
def test_nobody_signs_without_the_password_and_the_exact_name() -> None:
    assert signing() == []
    assert signing(typed_name=" 王小明 ") == []
    assert signing(password_ok=False) == ["letter-not-authenticated"]
    for typed in ("", " ", "王小", "王晓明", "王小明明", "王 小明"):
        assert signing(typed_name=typed) == ["letter-name-differs"], typed
    assert signing(typed_name="", name="") == ["letter-name-differs"]
    assert signing(typed_name="x", password_ok=False) == ["letter-not-authenticated", "letter-name-differs"]


@pytest.mark.req("5.3")
def test_a_saved_letter_is_proven_unchanged_and_to_be_ours(tmp_path: Path) -> None:
    letter = letters.sealed(KEY)
    assert write(letter, tmp_path) is None
    path = tmp_path / letter.file_name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    verdict = verify_file(path, expected=letter.sha256, public_key=KEY.public_key())
    assert verdict.ok
    assert (verdict.sha256, verdict.reference, verdict.signed_at, verdict.seal) == (
        letter.sha256,
        "CN-7K3Q",
        letters.SIGNED_AT,
        "this",
    )
    assert verdict.letter == letter
    assert letter.text_zh in path.read_text(encoding="utf-8")
    assert letter.text_en in path.read_text(encoding="utf-8")


@pytest.mark.req("5.3")
@pytest.mark.parametrize("signer", [None, KEY])
def test_every_changed_byte_is_found(signer: Ed25519PrivateKey | None) -> None:
    data = render(letters.sealed(signer))
    assert verify_bytes(data).ok
    for place in range(len(data)):
        for flip in (1, 0x20, 0x80):
            changed = data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :]
            verdict = verify_bytes(changed)
            assert not verdict.ok, (place, flip)
            assert verdict.problem is not None


@pytest.mark.req("5.3")
@settings(max_examples=200)
@given(place=st.integers(0, 3000), cut=st.integers(0, 40), put=st.binary(max_size=12))
def test_nothing_can_be_cut_or_put_in(place: int, cut: int, put: bytes) -> None:
    data = render(letters.sealed(KEY))
    place = min(place, len(data))
    changed = data[:place] + put + data[place + cut :]
    assert verify_bytes(changed).ok == (changed == data)


@pytest.mark.req("5.3")
def test_the_part_that_was_changed_is_named() -> None:
    data = render(letters.sealed(KEY)).decode()

    def part(old: str, new: str, count: int = 1) -> object:
        assert old in data
        problem = verify_bytes(data.replace(old, new, count).encode()).problem
        assert problem is not None
        assert problem.code == "letter-changed"
        return getattr(problem.args["part"], "id", None)

    assert part("本人王小明", "本人王晓明") == "letter.part.zh"
    assert part("I, 王小明", "I, 王晓明") == "letter.part.en"
    assert part("11010519491231002X", "110105194912310021", 2) == "letter.part.both"
    assert part("typed-name: 王小明", "typed-name: 王晓明") == "letter.part.seal"
    assert part("signed-at: 2020-07-01", "signed-at: 2020-07-02") == "letter.part.seal"


@pytest.mark.req("5.3")
def test_hashes_made_anew_do_not_pass_for_our_seal() -> None:
    """Who edits the text can compute every hash again: the key and the records tell."""
    mine = letters.sealed(KEY)
    public = KEY.public_key()
    forged = letters.sealed(None, name="王晓明")
    assert verify_bytes(render(forged)).seal == "none"
    for letter, code, whose in (
        (forged, "letter-without-signature", "none"),
        (letters.sealed(OTHER, name="王晓明"), "letter-other-installation", "other"),
    ):
        verdict = verify_bytes(render(letter), public_key=public)
        assert not verdict.ok
        assert verdict.problem is not None
        assert (verdict.problem.code, verdict.seal) == (code, whose)
    # Another's signature under our key's name is no signature.
    copied = replace(letters.sealed(OTHER), signer=mine.signer)
    assert not verify_bytes(render(copied), public_key=public).ok
    verdict = verify_bytes(render(forged), expected=mine.sha256)
    assert verdict.problem is not None
    assert verdict.problem.code == "letter-not-the-recorded"
    assert verify_bytes(render(forged), expected=forged.sha256, public_key=public).ok


@pytest.mark.req("5.3")
def test_a_letter_that_a_program_saved_its_own_way_is_told_from_a_changed_one(tmp_path: Path) -> None:
    text = render(letters.sealed(KEY)).decode()
    for data, code, encoding in (
        (text.replace("\n", "\r\n").encode(), "letter-line-ends", None),
        (text.replace("\n", "\r").encode(), "letter-line-ends", None),
        (text.encode("utf-8-sig"), "letter-encoding", "UTF-8 BOM"),
        (text.encode("utf-16"), "letter-encoding", "UTF-16"),
        (text.encode("gb18030"), "letter-encoding", "GB 18030"),
        (text.replace("\n", "\r\n").encode("utf-16"), "letter-encoding", "UTF-16"),
        (text.replace("王小明", "王晓明", 1).replace("\n", "\r\n").encode(), "letter-misshapen", None),
    ):
        path = tmp_path / "letter.txt"
        path.write_bytes(data)
        verdict = verify_file(path)
        assert not verdict.ok
        assert verdict.problem is not None
        assert (verdict.problem.code, verdict.problem.args.get("encoding")) == (code, encoding)


def test_no_file_at_all_brings_down_the_proof(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    sealed = render(letters.sealed(KEY))
    for data, code in (
        (b"", "file-empty"),
        (b"hello", "letter-not-a-letter"),
        (b"\xff\xd8\xff\xe0", "letter-not-a-letter"),
        (b"\0" * 100_000_000, "file-too-large"),
        (sealed[: sealed.index(b"=" * 16 + b" SEAL")], "letter-without-seal"),
        (sealed + b"\n", "letter-misshapen"),
        (sealed + sealed, "letter-misshapen"),
        (b"CHENGNUO-LETTER 1\n" + b"================ EN ================\n" * 25_000, "letter-without-seal"),
    ):
        path.write_bytes(data)
        verdict = verify_file(path)
        assert not verdict.ok
        assert verdict.problem is not None
        assert verdict.problem.code == code
    path.unlink()
    for make, code in ((lambda: None, "file-missing"), (path.mkdir, "file-folder")):
        make()
        problem = verify_file(path).problem
        assert problem is not None
        assert problem.code == code
    os.mkfifo(tmp_path / "pipe")
    problem = verify_file(tmp_path / "pipe").problem
    assert problem is not None
    assert problem.code == "file-not-ordinary"


@pytest.mark.req("5.3")
def test_a_saved_letter_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("something of the candidate's")
    problem = write(letters.sealed(), path)
    assert problem is not None
    assert problem.code == "file-exists"
    assert path.read_text() == "something of the candidate's"
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]
    problem = write(letters.sealed(), tmp_path / "nowhere" / "letter.txt")
    assert problem is not None
    assert problem.code == "file-no-such-folder"
    problem = write(letters.sealed(), tmp_path / "nul\0.txt")
    assert problem is not None
    assert problem.code == "file-name"


def test_a_letter_is_void_once_a_fact_that_it_holds_has_changed() -> None:
    letter = letters.sealed(KEY)
    assert holds(letter, compose_all(letters.paper(), letters.data()))
    changed = letters.data(city=Bilingual(en="Suzhou", zh="苏州市"))
    assert not holds(letter, compose_all(letters.paper(), changed))


@pytest.mark.parametrize(
    "name", ["\U00020bb7田", "\U00031350\U0002ebf0", "金\uf9d1", "阿卜杜拉·买买提", "e\u0301"]
)
def test_rare_names_are_sealed_as_they_are(name: str) -> None:
    letter = letters.sealed(KEY, name=name)
    verdict = verify_bytes(render(letter), public_key=KEY.public_key())
    assert verdict.ok
    assert verdict.letter is not None
    assert verdict.letter.typed_name == name


def test_a_text_that_could_pass_for_a_seal_cannot_be_sealed() -> None:
    texts = {"en": "ok\n", "zh": canonical("a\n================ SEAL ================\nb")}
    with pytest.raises(ValueError, match="dividing line"):
        seal(
            texts,
            typed_name="a",
            name="a",
            signed_at=letters.SIGNED_AT,
            reference="r",
            edition="pilot",
            content_version="1",
            password_ok=True,
        )


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "seal.pem"
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: open_signing_key(path).private_bytes_raw(), range(16)))
    assert len(set(keys)) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["seal.pem"]


def test_a_key_that_cannot_be_trusted_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "seal.pem"
    open_signing_key(path)
    path.chmod(0o644)
    with pytest.raises(FileRefusedError, match="key-open-to-others"):
        open_signing_key(path)
    path.chmod(0o600)
    path.write_text("-----BEGIN PRIVATE KEY-----\nnothing\n")
    before = path.read_bytes()
    with pytest.raises(FileRefusedError, match="key-damaged"):
        open_signing_key(path)
    assert path.read_bytes() == before


def test_the_first_run_makes_the_folder_of_the_key(tmp_path: Path) -> None:
    path = tmp_path / "config" / "keys" / "seal.pem"
    assert open_signing_key(path).private_bytes_raw() == open_signing_key(path).private_bytes_raw()
    (tmp_path / "file").touch()
    with pytest.raises(FileRefusedError):
        open_signing_key(tmp_path / "file" / "seal.pem")


def test_every_sentence_of_the_letter_is_written_in_both_languages() -> None:
    words = read(WORDS / "letter.yaml", dict[str, Bilingual])
    for key, text in words.items():
        assert text.en.strip(), key
        assert text.zh.strip(), key
        assert places(text.en) == places(text.zh), key
    for part in ("zh", "en", "both", "seal"):
        assert f"letter.part.{part}" in words
    for whose in ("this", "other", "unknown", "none"):
        assert f"letter.seal.{whose}" in words
