"""The helper for uncommon characters in names (FAQ 11.3)."""

from flows.characters.lookup import MISSING, Character, find, is_han, outside_gbk, stand_in

__all__ = ["MISSING", "Character", "find", "is_han", "outside_gbk", "stand_in"]
