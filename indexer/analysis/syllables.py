"""The grammar of a Vietnamese syllable: taking it apart, where its tone mark belongs, what is left without marks.

A syllable is onset + rime + tone. The tables list the orthographically legal ones: 17,406 spellings, 3,767 without
tones, 2,401 without any mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

TONE_MARKS = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
"""Combining mark -> tone: huyền, sắc, hỏi, ngã, nặng; 0 is ngang, which has no mark."""

MARK_OF_TONE = {tone: mark for mark, tone in TONE_MARKS.items()}
SHAPE_MARKS = "\u0302\u0306\u031b"
"""Circumflex, breve and horn: they make another vowel, not another tone."""

PLAIN_VOWELS = frozenset("aeiouy")
SHAPED_VOWELS = frozenset("ăâêôơư")

ONSETS = (*"ngh ng gh gi qu kh nh ph th tr ch b c d đ g h k l m n p r s t v x".split(), "")
"""Longest first, so that the first that fits is the onset."""

OPEN_RIMES = """a ai ao au ay âu ây e eo ê êu i ia iu iêu o oa oai oao oay oe oeo oi ô ôi ơ ơi
    u ua uây ui uê uơ uôi uy uya uyu ư ưa ưi ưu ươi ươu y yêu"""
CLOSED_RIMES = """ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât
    ec em en eng ep et êch êm ên ênh êp êt ich im in inh ip it iêc iêm iên iêng iêp iêt
    oac oach oam oan oang oanh oap oat oăc oăm oăn oăng oăt oem oen oet
    oc om on ong op ot oong ooc ôc ôm ôn ông ôp ôt ơm ơn ơp ơt
    uân uâng uât uêch uênh uên uc um un ung up ut uôc uôm uôn uông uôt uych uyn uynh uyp uyt uyên uyêt
    ưc ưm ưn ưng ưt ươc ươm ươn ương ươp ươt yêm yên yêng yêt"""
RIMES = frozenset(f"{OPEN_RIMES} {CLOSED_RIMES}".split())
RIMES_AFTER_QU = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây âm âp âc
    e en eng eo et ê êch ên ênh êt êu i ich in inh it iu ơ ơi y ych yên yêt ynh yt ôc ơn""".split()
)
ONSETS_BEFORE_Y = frozenset(["", *"b d h k l m n r s t th v x qu".split()])
ROUNDED_STARTS = ("oa", "oă", "oe", "uê", "uâ", "uy", "uơ")
STOPS = ("c", "ch", "p", "t")
STOP_TONES = (2, 5)
"""A syllable that ends in a stop is sắc or nặng."""

_CACHE = 100_000


@dataclass(frozen=True, slots=True)
class Syllable:
    """A legal syllable. `gì`, `giếng`: onset `gi`, rime with the i that is written once."""

    onset: str
    rime: str
    tone: int


@lru_cache(_CACHE)
def parse(word: str) -> Syllable | None:
    """Take a lower-case NFC word apart; None unless it is one legal syllable, its tone mark on any vowel."""
    base, tone, marks = _split_tone(word)
    return None if marks > 1 else _parse_toneless(base, tone)


def is_legal(word: str) -> bool:
    """Whether a lower-case NFC word is a legal syllable."""
    return parse(word) is not None


def _parse_toneless(base: str, tone: int) -> Syllable | None:
    for onset in ONSETS:
        if base.startswith(onset):
            rime = base[len(onset) :]
            if onset == "gi" and (not rime or rime[0] == "ê" or not _is_vowel(rime[0])):
                for absorbed in (f"i{rime}", rime):
                    if absorbed in RIMES and (absorbed != rime or rime[:1] == "ê") and _tone_fits(absorbed, tone):
                        return Syllable(onset, absorbed, tone)
            elif rime and _fit_together(onset, rime) and _tone_fits(rime, tone):
                return Syllable(onset, rime, tone)
    return None


def _fit_together(onset: str, rime: str) -> bool:
    """The spelling rules that tie onset and rime."""
    if onset == "qu":
        return rime in RIMES_AFTER_QU
    if rime not in RIMES:
        return False
    first = rime[0]
    if onset == "k":
        return first in "eêiy" and rime != "ych"
    if first == "y":
        return onset == "" or (rime == "y" and onset in ONSETS_BEFORE_Y)
    match onset:
        case "gh" | "ngh":
            return first in "eêi"
        case "c":
            return first not in "eêi" and not rime.startswith(ROUNDED_STARTS)
        case "g" | "ng":
            return first not in "eêi"
        case "gi":
            return first != "i"
        case "":
            return not rime.startswith("iê")
        case _:
            return True


def _tone_fits(rime: str, tone: int) -> bool:
    return not rime.endswith(STOPS) or tone in STOP_TONES


def _is_vowel(letter: str) -> bool:
    return letter in PLAIN_VOWELS or letter in SHAPED_VOWELS


@lru_cache(_CACHE)
def _split_tone(word: str) -> tuple[str, int, int]:
    """The word without tone marks, its last tone, and how many tone marks it had."""
    if word.isascii():
        return word, 0, 0
    letters = unicodedata.normalize("NFD", word)
    tones = [TONE_MARKS[letter] for letter in letters if letter in TONE_MARKS]
    base = "".join(letter for letter in letters if letter not in TONE_MARKS)
    return unicodedata.normalize("NFC", base), tones[-1] if tones else 0, len(tones)


# -- tone placement


@lru_cache(_CACHE)
def place_tone(word: str) -> str:
    """The word with its tone mark in the modern place (`hoà`, `thuý`), repaired where it was misplaced (`hòan`).

    Half-typed ươ (`ngưòi`, `đuợc`) is completed. Capitals stay; what is not Vietnamese stays as it is; the length
    never changes, so offsets hold.
    """
    return _place(word, modern=True)


@lru_cache(_CACHE)
def place_tone_old(word: str) -> str:
    """The same with the tone mark in the traditional place, as newspapers print it (`hòa`, `thúy`)."""
    return _place(word, modern=False)


def _place(word: str, *, modern: bool) -> str:
    if word.isascii():
        return word
    lower = word.lower()
    syllable = parse(lower) or _parse_half_typed(lower)
    if syllable is None:
        return word
    placed = _spell(syllable, modern=modern)
    if len(placed) != len(word) or len(lower) != len(word):
        return word
    cased = (new.upper() if old.isupper() else new for old, new in zip(word, placed, strict=True))
    return "".join(cased)


def _parse_half_typed(word: str) -> Syllable | None:
    base, tone, marks = _split_tone(word)
    whole = re.sub("ưo|uơ(?=.)", "ươ", base)
    return _parse_toneless(whole, tone) if marks <= 1 and whole != base else None


def _spell(syllable: Syllable, *, modern: bool) -> str:
    onset, rime = syllable.onset, syllable.rime
    if onset == "gi" and rime.startswith("i"):
        onset = "g"  # the i is written once
    if not syllable.tone:
        return onset + rime
    at = _tone_letter(rime, modern=modern)
    marked = unicodedata.normalize("NFC", rime[at] + MARK_OF_TONE[syllable.tone])
    return onset + rime[:at] + marked + rime[at + 1 :]


def _tone_letter(rime: str, *, modern: bool) -> int:
    """Which letter of a rime carries the mark: a shaped vowel (the last), else by the number of vowels."""
    shaped = [at for at, letter in enumerate(rime) if letter in SHAPED_VOWELS]
    if shaped:
        return shaped[-1]
    vowels = next((at for at, letter in enumerate(rime) if letter not in PLAIN_VOWELS), len(rime))
    if vowels < len(rime):
        return vowels - 1  # closed: toán, huỳnh, soóc
    if vowels == 3:  # oai, oay, oeo, uya, uyu: the middle one
        return 1
    return 1 if modern and rime in ("oa", "oe", "uy") else 0


# -- marks


_COMBINING = re.compile("[\u0300-\u036f]")
_D_STROKE = str.maketrans("đĐ", "dD")


def fold(text: str) -> str:
    """The text without any mark, đ as d; keeps case, and the length of NFC Vietnamese."""
    if text.isascii():
        return text
    return _fold_cached(text) if len(text) <= 32 else _fold(text)


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.translate(_D_STROKE))
    return unicodedata.normalize("NFC", _COMBINING.sub("", letters))


_fold_cached = lru_cache(_CACHE)(_fold)

_VIETNAMESE_MARKS = re.compile(f"[{''.join(TONE_MARKS)}{SHAPE_MARKS}]")


def has_marks(text: str) -> bool:
    """Whether the text holds any Vietnamese mark, or đ."""
    if text.isascii():
        return False
    letters = unicodedata.normalize("NFD", text)
    return "đ" in letters.lower() or bool(_VIETNAMESE_MARKS.search(letters))


def refines(candidate: str, typed: str) -> bool:
    """Whether `candidate` keeps every mark of `typed` and only adds some (`đương` -> `đường`); both lower-case NFC.

    The shape of a vowel and the tone are separate marks.
    """
    candidate_base, candidate_tone, _ = _split_tone(candidate)
    typed_base, typed_tone, _ = _split_tone(typed)
    if len(candidate_base) != len(typed_base) or typed_tone not in (0, candidate_tone):
        return False
    return all(
        ours == theirs or (theirs == fold(theirs) and fold(ours) == theirs)
        for ours, theirs in zip(candidate_base, typed_base, strict=True)
    )


def iy_variant(word: str) -> str | None:
    """The other spelling where i and y are both in use (`kỹ`/`kĩ`): the whole rime, after an onset. None elsewhere."""
    syllable = parse(word)
    if syllable is None or not syllable.onset or syllable.rime not in ("i", "y"):
        return None
    other = Syllable(syllable.onset, "y" if syllable.rime == "i" else "i", syllable.tone)
    return _spell(other, modern=True) if _fit_together(other.onset, other.rime) else None


def legal_syllables() -> Iterator[str]:
    """Every legal spelling once, tone marks in the modern place."""
    for onset in ONSETS:
        for rime in sorted(RIMES | RIMES_AFTER_QU):
            for tone in range(6):
                syllable = Syllable(onset, rime, tone)
                spelled = _spell(syllable, modern=True)
                if parse(spelled) == syllable:
                    yield spelled
