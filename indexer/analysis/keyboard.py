"""The syllable a reader meant who typed Vietnamese with the input method off: Telex, VNI, VIQR.

Every method has a key for each mark, typed somewhere after the letter it belongs to: `dduwowngf` and `duongwdf` both
mean `đường`. So a word is taken apart into bare letters and mark keys, whatever their order, and the grammar of the
syllable says where the marks go: from `duong` and a horn nothing but `dương` can be made.

Words are lower case. The syllables that come back are spelled as in the index: NFC, their tones in the new style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.analysis.syllables import Tone, fold, toneless_syllables, with_tone

_VOWELS = "aeiouy"

_MOST_KEYS = 16
"""Longer words are not looked at: `nghieengs` takes 9 keys, so this leaves room for every slip."""


@dataclass(frozen=True)
class _Method:
    """The mark keys of an input method; any other key is a letter."""

    tones: Mapping[str, Tone]
    shapes: Mapping[str, str]
    """Key -> the letters it makes, each of the bare letter below it."""
    tone_off: str = ""
    """The key that takes a tone back."""

    @cached_property
    def carriers(self) -> dict[str, str]:
        """Key -> the bare letters it needs one of before it."""
        return dict.fromkeys(self.tones, _VOWELS) | {key: fold(made) for key, made in self.shapes.items()}

    @cached_property
    def toneless(self) -> dict[tuple[str, frozenset[str]], str]:
        """Bare letters and keys of shapes -> the one syllable they make, yet without its tone."""
        return {(fold(syllable), self._shape_keys(syllable)): syllable for syllable in toneless_syllables()}

    def _shape_keys(self, syllable: str) -> frozenset[str]:
        return frozenset(key for key, made in self.shapes.items() if not set(made).isdisjoint(syllable))


_TELEX = _Method(
    tones={"f": Tone.HUYEN, "s": Tone.SAC, "r": Tone.HOI, "x": Tone.NGA, "j": Tone.NANG},
    shapes={"a": "â", "e": "ê", "o": "ô", "w": "ăơư", "d": "đ"},
    tone_off="z",
)
_TELEX_WITHOUT_DOUBLING = replace(_TELEX, shapes={"w": "ăơư", "d": "đ"})
_VNI = _Method(
    tones={"2": Tone.HUYEN, "1": Tone.SAC, "3": Tone.HOI, "4": Tone.NGA, "5": Tone.NANG},
    shapes={"6": "âêô", "7": "ơư", "8": "ă", "9": "đ"},
    tone_off="0",
)
_VIQR = _Method(
    tones={"`": Tone.HUYEN, "'": Tone.SAC, "?": Tone.HOI, "~": Tone.NGA, ".": Tone.NANG},
    shapes={"^": "âêô", "+": "ơư", "(": "ă", "d": "đ"},
)


def telex(word: str) -> str | None:
    """`xaay` -> xây, `vietej` -> việt, `nhwng` -> nhưng; None when no mark was typed or no syllable."""
    with_u = _write_out_lone_w(word)
    # A letter that comes again is a circumflex; only where that makes no syllable, a second letter: `ngoeof` is ngoèo.
    return _decode(with_u, _TELEX) or _decode(with_u, _TELEX_WITHOUT_DOUBLING)


def vni(word: str) -> str | None:
    """`xa6y` -> xây, `du75ng` and `dung75` -> dựng; None as for `telex`."""
    return _decode(word, _VNI)


def viqr(word: str) -> str | None:
    """`xa^y` -> xây, `du+.ng` -> dựng, `dda?ng` -> đảng; None as for `telex`."""
    return _decode(word, _VIQR)


def _write_out_lone_w(word: str) -> str:
    """A w with nothing before it that it could shape is an ư of its own: `tw` is `tuw`."""
    onset, w, rest = word.partition("w")
    return f"{onset}u{w}{rest}" if w and not set(onset) & set("aou") else word


def _decode(word: str, method: _Method) -> str | None:
    """The syllable that these keys make; None when no mark was typed or orthography does not know the syllable."""
    if len(word) > _MOST_KEYS:
        return None
    letters, marks = _take_apart(word, method)
    tones = [method.tones[key] for key in marks if key in method.tones]
    toneless = method.toneless.get((letters, frozenset(marks).difference(method.tones)))
    if letters == word or toneless is None or len(tones) > 1:
        return None
    return with_tone(toneless, *tones)


def _take_apart(word: str, method: _Method) -> tuple[str, str]:
    """Bare letters and mark keys, each in the order typed. A mark key with nothing to mark is a letter."""
    letters, marks = "", ""
    for key in word:
        room = _room_for(key, letters, method)
        if marks.count(key) < room:
            marks += key
        elif room:  # once more than it can mark: the mark is taken back, as an input method does (`xooong` is xoong)
            letters, marks = letters + key, marks.replace(key, "")
        elif key == method.tone_off and not method.tones.keys().isdisjoint(marks):
            marks = "".join(mark for mark in marks if mark not in method.tones)
        else:
            letters += key
    return letters, marks


def _room_for(key: str, letters: str, method: _Method) -> int:
    """How many marks of this key the letters can take: a tone for all of them, a shape for each that has one."""
    carriers = sum(letter in method.carriers.get(key, "") for letter in letters)
    return min(carriers, 1) if key in method.tones else carriers
