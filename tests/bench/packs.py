"""How fast packs of 10,000 and 100,000 paragraphs are asked: made-up items of recombined real words.

The words are those of the notice, with made-up ones among them, so that some are in nearly
every paragraph and most in few, as in real texts.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from assistant.answers.indexing import build
from assistant.answers.packs import Pack
from content.loader import load
from content.schema import LANGUAGES, Item, Paragraph
from tests.bench.measures import percentile, share

SIZES = (10_000, 100_000)
EACH = 3
"""Paragraphs of an item."""

ASKED = 300

GOALS = {"p99 ms": "≤ 20 at 10,000, 50 at 100,000", "p99 ms, worst": "the same"}


def tables(sizes: Sequence[int] = SIZES) -> dict[str, dict[str, float]]:
    """Measure each size in each language."""
    return {f"{language} {size}": measured(language, size) for size in sizes for language in LANGUAGES}


def measured(language: str, size: int) -> dict[str, float]:
    """Build a pack of ``size`` paragraphs and ask it."""
    chance = random.Random(size)
    items, common = made(language, size, chance)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.index"
        begun = time.perf_counter()
        build(path, {language: items}, {})
        built = time.perf_counter() - begun
        begun = time.perf_counter()
        pack = Pack(path)
        pack.ask(items[0].title, language)
        opened = time.perf_counter() - begun
        usual, hits = [], []
        for item in chance.sample(items, ASKED):
            text = question(item, language, chance)
            begun = time.perf_counter()
            found = pack.ask(text, language)
            usual.append((time.perf_counter() - begun) * 1000)
            hits.append(item.number in found.suggestions[:1] + found.faq[:1])
        worst = []
        joiner = "" if language == "zh" else " "
        for _ in range(ASKED):
            text = joiner.join(chance.choices(common, k=300))[:300]
            begun = time.perf_counter()
            pack.ask(text, language)
            worst.append((time.perf_counter() - begun) * 1000)
        pack.close()
        return {
            "paragraphs": size,
            "p50 ms": percentile(usual, 0.5),
            "p99 ms": percentile(usual, 0.99),
            "p50 ms, worst": percentile(worst, 0.5),
            "p99 ms, worst": percentile(worst, 0.99),
            "first answer, ms": opened * 1000,
            "right item first": share(hits),
            "built, s": built,
            "file, MB": path.stat().st_size / 1e6,
        }


def made(language: str, size: int, chance: random.Random) -> tuple[list[Item], list[str]]:
    """Make items of ``size`` paragraphs in all, and return the commonest words with them."""
    words = _words(language, chance, most=20_000)
    # Zipf: the n-th word comes once for every n times of the first.
    weights = [*accumulate(1 / (at + 3) for at in range(len(words)))]
    joiner, long = ("", (25, 70)) if language == "zh" else (" ", (20, 70))

    def said(least: int, most: int) -> str:
        return joiner.join(chance.choices(words, cum_weights=weights, k=chance.randint(least, most)))

    items = [
        Item(
            number=number,
            title=said(5, 12),
            paragraphs=tuple(Paragraph(id=f"{number}.{at}", text=said(*long)) for at in range(1, EACH + 1)),
        )
        for number in range(1, size // EACH + 1)
    ]
    return items, words[:60]


def question(item: Item, language: str, chance: random.Random) -> str:
    """Ask for an item with half of its question and some words of its first paragraph, one mistyped."""
    if language == "zh":
        title, text = item.title, item.paragraphs[0].text
        at = chance.randrange(max(1, len(text) - 8))
        return title[: max(4, len(title) // 2)] + text[at : at + 8]
    title_words, words = item.title.split(), item.paragraphs[0].text.split()
    taken = [*title_words[: max(2, len(title_words) // 2)], *chance.sample(words, 5)]
    at = max(range(len(taken)), key=lambda each: len(taken[each]))
    long = taken[at]
    taken[at] = long[:2] + long[3:2:-1] + long[4:] if len(long) > 4 else long
    return " ".join(taken)


def _words(language: str, chance: random.Random, most: int) -> list[str]:
    """Return real words, commonest first, and behind them made-up ones of their parts."""
    content = load()
    texts = [each.text for item in content.notices[language] for each in item.paragraphs]
    if language == "zh":
        found = [text[at : at + 2] for text in texts for at in range(0, len(text) - 1, 2)]
        real = _by_count([word for word in found if word.isalpha() and not word.isascii()])
        signs = sorted({sign for word in real for sign in word})
        return [*real, *("".join(chance.choices(signs, k=2)) for _ in range(most - len(real)))]
    real = _by_count([word for text in texts for word in text.lower().split() if word.isalpha()])
    halves = [(word[: len(word) // 2], word[len(word) // 2 :]) for word in real if len(word) > 5]
    return [
        *real,
        *(chance.choice(halves)[0] + chance.choice(halves)[1] for _ in range(most - len(real))),
    ]


def _by_count(words: Sequence[str]) -> list[str]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: -counts[word])
