"""Finds the passage that answers a question, or says that none does."""

from assistant.answers.question import going_on, language_of, looks_like_question
from assistant.answers.quotation import Quotation, later_rule, quote
from assistant.answers.search import Answer, Answers

__all__ = [
    "Answer",
    "Answers",
    "Quotation",
    "going_on",
    "language_of",
    "later_rule",
    "looks_like_question",
    "quote",
]
