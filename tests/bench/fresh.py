"""Measures a process that starts, answers one question and ends."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

QUESTIONS = {
    "en": {
        "answered": "what must my password look like",
        "unanswered": "how much does the exam cost in yuan",
    },
    "zh": {"answered": "密码有哪些要求", "unanswered": "考试费用多少钱"},
}
"""A question of each outcome: a refusal needs more of the content than an answer."""

# The high-water mark of the address space: `ru_maxrss` would count what the parent had when it forked.
_CHILD = """
import sys
from assistant.answers import Answers
from content.loader import load
found = Answers(load()).ask(sys.argv[1], sys.argv[2], "pilot")
print(found.status, flush=True)
try:
    with open("/proc/self/status") as status:
        print(next(line for line in status if line.startswith("VmHWM")).split()[1])
except OSError:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
print(*(name for name in ("numpy", "sklearn", "torch", "jieba", "textual") if name in sys.modules))
"""

GOALS = {
    "start to first answer, ms": "≤ 200",
    "start to first refusal, ms": "≤ 200",
    "peak memory, MB": "≤ 45",
}


def fresh(language: str, rounds: int = 7) -> dict[str, float]:
    """Start the process several times, after one that warms the disk.

    Returns:
        The median of the milliseconds from its start to its first answer, the same of a refusal, and the
        highest peak of its memory.

    Raises:
        RuntimeError: It said something else, or loaded what it must not.
    """
    answers, refusals = (
        [_once(question, language, outcome) for _ in range(rounds + 1)][1:]
        for outcome, question in QUESTIONS[language].items()
    )
    return {
        "start to first answer, ms": statistics.median(ms for ms, _ in answers),
        "start to first refusal, ms": statistics.median(ms for ms, _ in refusals),
        "peak memory, MB": max(peak for _, peak in [*answers, *refusals]),
    }


def _once(question: str, language: str, outcome: str) -> tuple[float, float]:
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, question, language], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        status = child.stdout.readline().strip()
        ms = (time.perf_counter() - begun) * 1000
        peak, heavy = child.stdout.readline(), child.stdout.readline().strip()
    if status != outcome or heavy:
        raise RuntimeError(f"the fresh process said {status!r} and loaded {heavy!r}")
    return ms, int(peak) / 1024
