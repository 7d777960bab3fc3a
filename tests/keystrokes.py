"""What a hand types for a Vietnamese syllable when the input method is off."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ORDERS = ("tone last", "at once", "all marks late")
"""`nguwowif`, `nguwowfi`: every mark right after its letter; `nguoiwf`: one horn for ươ, all marks at the end."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What each letter and tone of Vietnamese is typed as; any other letter is its own key."""

    letters: dict[str, str]
    tones: dict[str, str]


def _keys(letters: str, tones: str) -> Keys:
    """Keys for ă â ê ô ơ ư đ, and for huyền sắc hỏi ngã nặng."""
    return Keys(
        dict(zip("ăâêôơưđ", letters.split(), strict=True)),
        dict(zip("\u0300\u0301\u0309\u0303\u0323", tones, strict=True)),
    )


METHODS = {
    "telex": _keys("aw aa ee oo ow uw dd", "fsrxj"),
    "vni": _keys("a8 a6 e6 o6 o7 u7 d9", "21345"),
    "viqr": _keys("a( a^ e^ o^ o+ u+ dd", "`'?~."),
}


def keystrokes(syllable: str, method: Keys, order: str) -> str:
    """The keys of a lower-case syllable, in one of the ORDERS."""
    typed, late, tone = "", "", ""
    for letter in _letters(syllable):
        if letter in method.tones:
            tone = method.tones[letter]
            typed += tone if order == "at once" else ""
            continue
        key = method.letters.get(letter, letter)
        if method is METHODS["telex"] and letter == "o" and typed.endswith("o"):
            key = "oo"  # the first of them would make an ô
        if order == "all marks late" and letter in method.letters:
            typed, late = typed + key[0], late.removesuffix("w").removesuffix("7") + key[1]
        else:
            typed += key
    return typed + late + ("" if order == "at once" else tone)


def _letters(syllable: str) -> str:
    """The letters with their shapes but without their tone, which follows its letter as a mark of its own."""
    return "".join(
        unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        + "".join(mark for mark in marks if mark in _TONES)
        for marks in (unicodedata.normalize("NFD", letter) for letter in syllable)
    )


_TONES = METHODS["vni"].tones
