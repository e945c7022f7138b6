"""How names are shown where others may read them."""

from __future__ import annotations

import unicodedata

SIGN = "*"


def masked_name(name: str) -> str:
    """Mask a name as publicity lists do: 王*明, 李*, 欧**娜; of a name in letters each word keeps its first.

    Args:
        name: A name in any writing; one that is masked already stays as it is.
    """
    composed = unicodedata.normalize("NFC", name).strip()
    if SIGN in composed or not composed:
        return composed
    words = composed.split()
    if len(words) > 1 or composed.isascii():
        return " ".join(word[0] + SIGN * (len(word) - 1 or 1) for word in words)
    if len(composed) < 3:
        return composed[0] + SIGN
    return composed[0] + SIGN * (len(composed) - 2) + composed[-1]
