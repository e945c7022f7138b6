"""Lists what the content holds, and says that it has been proven whole."""

from __future__ import annotations

import json
from typing import Any

from assistant.answers.ways import read_decoys, read_phrasings
from assistant.scenario import read_scenario
from content.calls import prove_topics, read_desk
from content.loader import Content, scenarios
from content.suggesting import KINDS, Kind, suggested
from content.teaching import read_teaching

_COUNTED: dict[Kind, str] = {
    "schools": "schools",
    "study-majors": "majors of study",
    "countries": "countries",
}


def checked(content: Content, *, as_json: bool) -> int:
    """Say what was loaded; loading has proven it, and scenarios and lists of names are read here too."""
    phrasings, decoys, desk = read_phrasings(content), read_decoys(content), read_desk(content)
    prove_topics(desk, decoys)
    counts = {
        "items": len(content.notices["en"]),
        "paragraphs": sum(len(item.paragraphs) for item in content.notices["en"]),
        "errata": len(content.errata),
        "phrasings": len(phrasings),
        "topics not answered": len(decoys),
        "editions": len(content.editions),
        "exams": len(content.exams),
        "provinces": len(content.provinces),
        "cities": sum(len(province.cities) for province in content.provinces.values()),
        "sentences": len(content.words["en"]),
        **{_COUNTED[kind]: len(suggested(kind, provinces=content.provinces)) for kind in KINDS},
        "symptoms": len(desk.symptoms),
        "personas": len(read_teaching(content).personas),
        "scenarios": len([read_scenario(path) for path in scenarios().values()]),
    }
    if as_json:
        print(json.dumps({"ok": True, "version": content.version, **counts}))
    else:
        print(
            f"Content {content.version} is whole: "
            + ", ".join(f"{n} {name}" for name, n in counts.items())
            + "."
        )
    return 0


def listed(content: Content, what: str, language: str, *, as_json: bool) -> int:
    """Print the ids of exams, places or scenarios with their names."""
    rows = {"exams": _exams, "places": _places, "scenarios": _scenarios}[what](content, language)
    for row in rows:
        if as_json:
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"{row['id']:28} {row['name']}")
            for key, values in row.items():
                if isinstance(values, dict):
                    print(f"    {key}: " + ", ".join(f"{id} {name}" for id, name in values.items()))
    return 0


def _exams(content: Content, language: str) -> list[dict[str, Any]]:
    return [
        {
            "id": exam.id,
            "name": exam.name.said(language),
            "levels": {each.id: each.name.said(language) for each in exam.levels},
            "majors": {each.id: each.name.said(language) for each in exam.majors},
            "subjects": {each.id: each.name.said(language) for each in exam.subjects},
        }
        for exam in content.exams.values()
    ]


def _places(content: Content, language: str) -> list[dict[str, Any]]:
    rows = []
    for province in content.provinces.values():
        office = content.office(province.id)
        rows.append(
            {
                "id": province.id,
                "name": province.name.said(language),
                "cities": {each.id: each.name.said(language) for each in province.cities},
                "verification_points": {
                    each.id: each.name.said(language) for each in (office.points if office else ())
                },
            }
        )
    return rows


def _scenarios(_: Content, language: str) -> list[dict[str, Any]]:
    return [{"id": id, "name": read_scenario(path).called(language)} for id, path in scenarios().items()]
