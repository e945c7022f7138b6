"""The classroom without its screens: personas on a simulated clock, in a database where nothing is real."""

from assistant.lessons.acts import Act, Decided, Moved, Paid, Penalised
from assistant.lessons.classroom import Classroom, open_classroom
from assistant.lessons.moments import Moment
from assistant.lessons.persona import Persona, StuckError
from assistant.lessons.run import Run

__all__ = [
    "Act",
    "Classroom",
    "Decided",
    "Moment",
    "Moved",
    "Paid",
    "Penalised",
    "Persona",
    "Run",
    "StuckError",
    "open_classroom",
]
