"""How likely words are to follow each other."""

from __future__ import annotations

import numpy as np

from indexer.suggesting.language_model import LanguageModel
from tests.indexer.suggesting.archives import archive, lexicon_of


def after(left: str, *rights: str) -> list[float]:
    model = LanguageModel(archive())
    found: list[float] = model.after(model.column((left,)), model.column(rights))[0].tolist()
    return found


def test_a_pair_that_is_seen_is_likelier_than_one_that_is_not() -> None:
    seen, unseen, unknown = after("xây", "dựng", "nước", "qwerty")
    assert seen > unseen > unknown > -np.inf


def test_a_pair_seen_more_often_is_likelier() -> None:
    often, seldom = after("xây", "dựng", "cầu")
    assert often > seldom


def test_a_word_that_stands_after_many_others_is_likelier_after_a_new_one() -> None:
    lexicon = lexicon_of(["tỉnh hà giang", "bà hà nói", "ông hà nói", "chị hà nói", *["sông thương"] * 9])
    model = LanguageModel(lexicon)
    varied, bound = model.after(model.column(("xanh",)), model.column(("hà", "thương")))[0]
    assert varied > bound


def test_the_first_word_is_as_likely_as_it_is_frequent() -> None:
    model = LanguageModel(archive())
    often, seldom, unknown = model.first(model.column(("xây", "dang", "qwerty")))
    assert often > seldom > unknown > -np.inf
