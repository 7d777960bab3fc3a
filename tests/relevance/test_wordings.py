"""The ways of typing that the benchmark asks in are what they are called."""

from __future__ import annotations

import unicodedata

import pytest

from indexer.analysis.syllables import legal_syllables, place_tone
from tests.bench.wordings import flip_tones, telex_keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("xây dựng Đảng", "xaay duwngj DDangr"),
        ("đường 3.000", "dduwowngf 3.000"),
        ("Khánh Hoà", "Khanhs Hoaf"),
        ("Khánh Hòa", "Khanhs Hoaf"),
        ("ĂN Ở", "AwN Owr"),
        ("xoong", "xooong"),
        ("Facebook", "Facebook"),
        ("giếng", "gieengs"),
        ("taxi", "taxi"),
    ],
)
def test_telex_keys_are_the_letters_and_their_marks(text: str, keys: str) -> None:
    assert telex_keys(text) == telex_keys(unicodedata.normalize("NFD", text)) == keys


def test_two_syllables_never_have_the_same_keys() -> None:
    syllables = set(legal_syllables())
    assert len(set(map(telex_keys, syllables))) == len(syllables)


def test_flipping_the_tones_changes_the_place_and_nothing_else() -> None:
    assert flip_tones("Khánh Hòa, thuý, HOÀ, taxi, mía") == "Khánh Hoà, thúy, HÒA, taxi, mía"
    moved = [syllable for syllable in legal_syllables() if flip_tones(syllable) != syllable]
    assert len(moved) == 345  # onsets with the rimes oa, oe, uy, times five tones
    assert all(place_tone(flip_tones(syllable)) == syllable for syllable in moved)
