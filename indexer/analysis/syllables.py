"""The grammar of the Vietnamese syllable: its parts, its tone mark's place, its spelling variants.

A syllable is an onset, a rime and a tone. The tables give the 17,406 spellings that orthography
allows: 3,767 without tones, 2,401 without any mark. Words are lower-case NFC unless said
otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_WORDS_KEPT = 2**16
_WORD = re.compile(r"\w+")


class Tone(IntEnum):
    """The six tones by their Vietnamese names; `NGANG` has no mark."""

    NGANG = 0
    HUYEN = 1
    SAC = 2
    HOI = 3
    NGA = 4
    NANG = 5


@dataclass(frozen=True, slots=True)
class Syllable:
    """A legal syllable. An i that onset and rime share belongs to both: `giếng` is gi + iêng."""

    onset: str
    rime: str
    tone: Tone


# The tables

_MARKS = {
    Tone.HUYEN: "\u0300",
    Tone.SAC: "\u0301",
    Tone.HOI: "\u0309",
    Tone.NGA: "\u0303",
    Tone.NANG: "\u0323",
}
_TONES = {mark: tone for tone, mark in _MARKS.items()}

_PLAIN_VOWELS = "aeiouy"
_SHAPED_VOWELS = "ăâêôơư"
_FRONT_VOWELS = ("e", "ê", "i", "y")
_STOPS = ("c", "ch", "p", "t")

_ONSETS = (
    *("ngh", "ng", "gh", "gi", "qu", "kh", "nh", "ph", "th", "tr", "ch"),
    *"bcdđghklmnprstvx",
    "",
)
_OPEN_RIMES = """
    a ai ao au ay âu ây e eo ê êu i ia iu iêu o oa oai oao oay oe oeo oi ô ôi ơ ơi
    u ua uây ui uê uơ uôi uy uya uyu ư ưa ưi ưu ươi ươu y yêu
""".split()
_CLOSED_RIMES = """
    ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât
    ec em en eng ep et êch êm ên ênh êp êt ich im in inh ip it iêc iêm iên iêng iêp iêt
    oac oach oam oan oang oanh oap oat oăc oăm oăn oăng oăt oem oen oet
    oc om on ong op ot oong ooc ôc ôm ôn ông ôp ôt ơm ơn ơp ơt
    uân uâng uât uêch uênh uên uc um un ung up ut uôc uôm uôn uông uôt
    uych uyn uynh uyp uyt uyên uyêt ưc ưm ưn ưng ưt ươc ươm ươn ương ươp ươt yêm yên yêng yêt
""".split()
_RIMES = frozenset([*_OPEN_RIMES, *_CLOSED_RIMES])
_RIMES_AFTER_QU = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e en eng eo et ê êch ên ênh êt êu i ich in inh it iu y ych ynh yt yên yêt ôc ơ ơi ơn
    """.split()
)
_ONSETS_BEFORE_Y = frozenset(["", "b", "d", "h", "k", "l", "m", "n", "r", "s", "t", "th", "v", "x"])
_ROUNDED_BEGINNINGS = ("oa", "oă", "oe", "uê", "uâ", "uy", "uơ")
"""Rimes that begin with a glide: after a hard c they are written with qu."""


def _go_together(onset: str, rime: str) -> bool:
    """The rules of orthography that tie an onset and a rime."""
    if onset == "qu":
        return rime in _RIMES_AFTER_QU
    if rime not in _RIMES:
        return False
    front = rime.startswith(_FRONT_VOWELS)
    match onset:
        case "gh" | "ngh":
            return front and rime[0] != "y"
        case "k":
            return front
        case "g" | "ng":
            return not front
        case "c":
            return not front and not rime.startswith(_ROUNDED_BEGINNINGS)
        case "gi":
            return _goes_with_gi(rime)
        case _ if rime.startswith("y"):
            return not onset or (rime == "y" and onset in _ONSETS_BEFORE_Y)
        case _:
            return bool(onset) or not rime.startswith("iê")  # written yê-


def _goes_with_gi(rime: str) -> bool:
    """gi + a is `gia`; gi + i, in and iêng share the i: `gi`, `gin`, `giêng`."""
    match rime[0]:
        case "i":
            return not rime[1:].startswith(tuple(_PLAIN_VOWELS))
        case "ê":
            return f"i{rime}" not in _RIMES
        case first:
            return first != "y"


def _toneless(onset: str, rime: str) -> str:
    return f"g{rime}" if onset == "gi" and rime.startswith("i") else onset + rime


_PARTS_OF_TONELESS = {
    _toneless(onset, rime): (onset, rime)
    for onset in _ONSETS
    for rime in sorted(_RIMES | _RIMES_AFTER_QU)
    if _go_together(onset, rime)
}
"""Every syllable without its tone -> onset and rime."""

_LONGEST = max(map(len, _PARTS_OF_TONELESS))


# Parsing


def parse(word: str) -> Syllable | None:
    """Take a word apart; None unless it is one legal syllable. Its tone mark may be misplaced."""
    return _parse(word) if len(word) <= _LONGEST else None


def is_legal(word: str) -> bool:
    """Whether a word is one legal syllable."""
    return parse(word) is not None


def legal_syllables() -> Iterator[str]:
    """Every legal syllable, spelled in the new style."""
    for onset, rime in _PARTS_OF_TONELESS.values():
        for tone in Tone:
            if _can_carry(rime, tone):
                yield _spell(Syllable(onset, rime, tone))


def toneless_syllables() -> Iterator[str]:
    """Every legal syllable without its tone: `xac` as well, which orthography only knows with one."""
    yield from _PARTS_OF_TONELESS


def with_tone(toneless: str, tone: Tone = Tone.NGANG) -> str | None:
    """The syllable of these letters and tone in the new style; None where there is none (`xac` needs a tone)."""
    syllable = _build(toneless, (tone,))
    return _spell(syllable) if syllable else None


@lru_cache(_WORDS_KEPT)
def _parse(word: str) -> Syllable | None:
    toneless, tones = split_tones(word)
    return _build(toneless, tones)


def _build(toneless: str, tones: tuple[Tone, ...]) -> Syllable | None:
    """The syllable of these letters and tone marks, if it is one."""
    if toneless not in _PARTS_OF_TONELESS or len(tones) > 1:
        return None
    onset, rime = _PARTS_OF_TONELESS[toneless]
    tone = tones[0] if tones else Tone.NGANG
    return Syllable(onset, rime, tone) if _can_carry(rime, tone) else None


def _can_carry(rime: str, tone: Tone) -> bool:
    """A syllable that ends in a stop has one of two tones."""
    return not rime.endswith(_STOPS) or tone in (Tone.SAC, Tone.NANG)


@lru_cache(_WORDS_KEPT)
def split_tones(word: str) -> tuple[str, tuple[Tone, ...]]:
    """A lower-case word without its tone marks, and its tones: one at most in a syllable, any number elsewhere."""
    if word.isascii():
        return word, ()
    letters = unicodedata.normalize("NFD", word)
    tones = tuple(_TONES[letter] for letter in letters if letter in _TONES)
    toneless = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", toneless), tones


# Tone placement


def place_tone(word: str) -> str:
    """The word with its tone mark where the new style puts it: `hoà`, `thuý`.

    Repairs marks in any wrong place (`hòan`, `qúy`) and a half-typed ươ (`ngưòi`, `đuợc`). Takes
    capitals and keeps them; returns what is not Vietnamese as it is. The result is always as
    long as the word.
    """
    if word.isascii() or len(word) > _LONGEST:
        return word
    return _placed_new(word)


def place_tones(text: str) -> str:
    """The text with `place_tone` done to each of its words."""
    return text if text.isascii() else _WORD.sub(lambda word: place_tone(word.group()), text)


def place_tone_old(word: str) -> str:
    """The same in the old style, which most newspapers print: `hòa`, `thúy`."""
    if word.isascii() or len(word) > _LONGEST:
        return word
    return _placed_old(word)


@lru_cache(_WORDS_KEPT)
def _placed_new(word: str) -> str:
    return _placed(word, new_style=True)


@lru_cache(_WORDS_KEPT)
def _placed_old(word: str) -> str:
    return _placed(word, new_style=False)


def _placed(word: str, *, new_style: bool) -> str:
    lower = word.lower()
    syllable = _parse(lower) or _complete_half_typed(lower)
    if syllable is None:
        return word
    spelled = _spell(syllable, new_style=new_style)
    if spelled == lower or len(spelled) != len(word):
        return word
    return "".join(
        letter.upper() if original.isupper() else letter for letter, original in zip(spelled, word, strict=True)
    )


_HALF_TYPED = re.compile("ưo|uơ(?=.)")


def _complete_half_typed(word: str) -> Syllable | None:
    """The syllable of a word with ưo or uơ for ươ: only one of its two horns was typed."""
    toneless, tones = split_tones(word)
    return _build(_HALF_TYPED.sub("ươ", toneless), tones)


def _spell(syllable: Syllable, *, new_style: bool = True) -> str:
    toneless = _toneless(syllable.onset, syllable.rime)
    if syllable.tone is Tone.NGANG:
        return toneless
    rime_start = len(toneless) - len(syllable.rime)
    place = rime_start + _tone_place(syllable.rime, new_style=new_style)
    marked = unicodedata.normalize("NFC", toneless[place] + _MARKS[syllable.tone])
    return toneless[:place] + marked + toneless[place + 1 :]


def _tone_place(rime: str, *, new_style: bool) -> int:
    """Which letter of a rime carries the tone mark."""
    shaped = [place for place, letter in enumerate(rime) if letter in _SHAPED_VOWELS]
    if shaped:
        return shaped[-1]  # cuối; ươ on its ơ: người
    vowels = len(rime) - len(rime.lstrip(_PLAIN_VOWELS))
    if vowels < len(rime):
        return vowels - 1  # closed: toán, huỳnh
    if vowels == 3:
        return 1  # ngoài, khuỷu
    return 1 if new_style and rime in ("oa", "oe", "uy") else 0  # hoà or hòa; but always mía


# Marks


def _letters_with_marks() -> Iterator[str]:
    """Latin, Greek and Cyrillic letters that NFC holds in one character."""
    yield from map(chr, [*range(0x00C0, 0x0530), *range(0x1E00, 0x2000)])


_COMBINING_MARKS = re.compile("[\u0300-\u036f]")
_FOLDED = str.maketrans(
    {letter: _COMBINING_MARKS.sub("", unicodedata.normalize("NFD", letter)) for letter in _letters_with_marks()}
    | {"đ": "d", "Đ": "D"}
)


def fold(text: str) -> str:
    """A text of any length without its marks, and with d for đ; keeps case.

    Takes NFC and NFD. A canonical Vietnamese text keeps its length, so offsets hold.
    """
    return text if text.isascii() else text.translate(_FOLDED)


_UNMARKED = frozenset(map(fold, _PARTS_OF_TONELESS))


def is_unmarked_syllable(word: str) -> bool:
    """Whether a legal syllable gives this word when its marks are dropped: `bot`, as of `bột`."""
    return word in _UNMARKED


_MARKED_LETTER = re.compile(
    "[{}]".format(
        "".join(
            letter
            for plain in f"{_PLAIN_VOWELS}{_SHAPED_VOWELS}"
            for mark in ["", *_TONES]
            for letter in unicodedata.normalize("NFC", plain + mark)
            if not letter.isascii()
        )
        + "đ"
    ),
    re.IGNORECASE,
)


def has_marks(text: str) -> bool:
    """Whether a text, NFC or NFD, of any case holds a Vietnamese letter that ASCII does not."""
    if text.isascii():
        return False
    return _MARKED_LETTER.search(unicodedata.normalize("NFC", text)) is not None


def refines(candidate: str, typed: str) -> bool:
    """Whether every mark of `typed` is in `candidate`, which may have more: `dang` -> `đảng`.

    The mark that shapes a vowel is one, the tone another, wherever in the syllable it stands.
    """
    candidate_letters, candidate_tones = split_tones(candidate)
    typed_letters, typed_tones = split_tones(typed)
    return (
        len(candidate_letters) == len(typed_letters)
        and typed_tones in ((), candidate_tones)
        and all(
            letter in (candidate_letter, fold(candidate_letter))
            for letter, candidate_letter in zip(typed_letters, candidate_letters, strict=True)
        )
    )


def goes_on(candidate: str, typed: str) -> bool:
    """Whether `candidate` is what comes of typing on: its first syllables refine those of `typed`, whose last one may
    be half typed, and still get letters, marks and a tone: `xay d` and `đươ` go on to `xây dựng` and `đường sắt`.
    """
    *whole, last = typed.split(" ")
    syllables = candidate.split(" ")
    if len(syllables) <= len(whole) or not all(map(refines, syllables, whole)):
        return False
    candidate_letters, candidate_tones = split_tones(syllables[len(whole)])
    letters, tones = split_tones(last)
    return (
        len(candidate_letters) >= len(letters)
        and tones in ((), candidate_tones)
        and all(
            letter in (candidate_letter, fold(candidate_letter))
            for letter, candidate_letter in zip(letters, candidate_letters, strict=False)
        )
    )


_IY = {"i": "y", "y": "i"}


def iy_variant(word: str) -> str | None:
    """The same syllable with y for i or i for y, where both are written: `kỹ` and `kĩ`.

    That is where the letter is the whole rime and follows an onset; None elsewhere (`thuý`, `ý`).
    """
    syllable = parse(word)
    if syllable is None or not syllable.onset or syllable.rime not in _IY:
        return None
    other = Syllable(syllable.onset, _IY[syllable.rime], syllable.tone)
    return _spell(other) if _go_together(other.onset, other.rime) else None
