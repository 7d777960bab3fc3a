"""What the planner makes of a tree and the words of the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.analysis.syllables import fold, legal_syllables
from indexer.model import Notice
from indexer.querying.parser import parse
from indexer.querying.plan import BODY, TITLE, AllOf, ByAuthor, MostOf, Near, NoneOf, Sequence, Spellings
from indexer.querying.planner import PREFIX_LIMIT, SPELLING_LIMIT, Planned, make_plan

ARCHIVE = "xây xay dựng dũng đảng đang bão cầu".split()
NOISE = tuple(map("".join, product("aáàảãạăâ", repeat=3)))
"""More spellings of one syllable than a limit lets pass; none is a word."""


class Words:
    """An archive of the given words, the first the most frequent."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)

    def frequency(self, term: str) -> int:
        return len(self._words) - self._words.index(term) if term in self._words else 0

    def spellings(self, folded: str) -> tuple[str, ...]:
        return tuple(word for word in self._words if fold(word) == folded)

    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]:
        return tuple(word for word in self._words if fold(word).startswith(folded_prefix))

    def article_count(self) -> int:
        return len(self._words)

    def pair_counts(self, lefts: Iterable[str], rights: Iterable[str]) -> NDArray[np.int64]:
        return np.zeros((len([*lefts]), len([*rights])), np.int64)

    def author_keys(self) -> Mapping[str, str]:
        return {"văn kỳ": "văn kỳ", "v.kỳ": "văn kỳ"}


def plan(text: str, words: Iterable[str] = ARCHIVE) -> Planned:
    return make_plan(parse(text), Words(words))


def codes(planned: Planned) -> list[str]:
    return [notice.code for notice in planned.notices]


# -- words near each other


def test_quoted_words_with_a_distance_are_near_each_other() -> None:
    found = plan('"đảng xây dựng"~5').plan
    near = Near((Spellings(("đảng",)), Spellings(("xây",)), Spellings(("dựng",))), 5)
    assert found.match == near
    assert found.lit == (near,)


def test_near_words_without_marks_mean_every_spelling_the_literal_one_first() -> None:
    found = plan('"xay dung"~3')
    assert found.plan.match == Near((Spellings(("xây", "xay")), Spellings(("dựng", "dũng"))), 3)
    assert found.plan.tiers == (Near((Spellings(("xay",)), Spellings(("dung",))), 3),)
    assert codes(found) == ["every_spelling"]


@pytest.mark.parametrize(("text", "plain"), [('"xây"~5', "xây"), ('"xây dựng"~0', '"xây dựng"'), ('"..."~5', "...")])
def test_a_distance_that_says_nothing_changes_nothing(text: str, plain: str) -> None:
    assert plan(text).plan == plan(plain).plan


def test_near_words_in_a_field_are_looked_for_there() -> None:
    title = plan('tiêu đề:"xây dựng"~3').plan.match
    assert isinstance(title, Near)
    assert title.fields == (TITLE,)
    assert plan('"xây dựng"~3').plan.match != title
    assert plan('tác giả:"văn kỳ"~3').plan.match == ByAuthor(("văn kỳ",))


def test_near_words_are_required_when_most_of_the_words_are_asked_for() -> None:
    relaxed = plan('"xây dựng"~3 bão').relaxed
    assert relaxed is not None
    assert isinstance(relaxed.match, MostOf)
    assert [type(clause) for clause in relaxed.match.clauses] == [Spellings]
    assert [type(clause) for clause in relaxed.match.required] == [Near]


def test_near_words_that_the_archive_lacks_are_named() -> None:
    assert plan('"xây vắng"~3').notices == (Notice("missing_words", {"words": "vắng"}),)


# -- wildcards


def test_wildcards_without_marks_stand_for_every_word_that_fits() -> None:
    found = plan("x?y d?ng")
    assert isinstance(found.plan.match, AllOf)
    assert found.plan.match.clauses == (Spellings(("xây", "xay")), Spellings(("dựng", "dũng", "đảng", "đang")))
    assert codes(found) == []


def test_beside_a_word_with_marks_the_letters_of_a_pattern_are_taken_as_typed() -> None:
    found = plan("bão x?y da*").plan.match
    assert isinstance(found, AllOf)
    assert found.clauses[1:] == (Spellings(("xây", "xay")), Spellings(("da*",)))
    assert plan("bão da*").notices == (Notice("missing_words", {"words": "da*"}),)


def test_the_syllables_beside_a_wildcard_are_as_typed() -> None:
    assert plan("xây-d?ng").plan.match == Sequence((Spellings(("xây",)), Spellings(("dựng", "dũng"))))


def test_a_pattern_that_nothing_fits_finds_nothing_and_is_named() -> None:
    found = plan("đ?ng x??y")
    assert found.notices == (Notice("missing_words", {"words": "x??y"}),)


# -- limits


def test_no_vietnamese_syllable_has_more_spellings_than_are_looked_for() -> None:
    assert max(Counter(map(fold, legal_syllables())).values()) <= SPELLING_LIMIT


def test_as_many_spellings_as_the_limit_are_all_looked_for() -> None:
    found = plan("aaa", NOISE[:SPELLING_LIMIT])
    assert found.plan.match == Spellings(NOISE[:SPELLING_LIMIT])
    assert codes(found) == ["every_spelling"]


def test_of_too_many_spellings_the_most_frequent_are_looked_for_and_it_is_said() -> None:
    found = plan('aaa "aaa aaa"~3', NOISE)
    assert isinstance(found.plan.match, AllOf)
    word, near = found.plan.match.clauses
    assert word == Spellings(NOISE[:SPELLING_LIMIT])
    assert near == Near((word, word), 3)
    assert found.notices[0] == Notice("spellings_capped", {"word": "aaa", "limit": str(SPELLING_LIMIT)})
    assert codes(found) == ["spellings_capped", "every_spelling"], "told once, however often the word stands there"


def test_the_literal_spelling_is_looked_for_however_rare_it_is() -> None:
    rare_last = (*NOISE[1:], "aaa")
    found = plan("aaa", rare_last).plan.match
    assert found == Spellings((*rare_last[: SPELLING_LIMIT - 1], "aaa"))
    absent = plan("aaa", NOISE[1:]).plan.match
    assert absent == Spellings(NOISE[1 : SPELLING_LIMIT + 1])


def test_a_word_with_marks_is_not_opened_and_so_not_cut() -> None:
    assert codes(plan("aáa", NOISE)) == []


def test_what_is_cut_from_an_exclusion_is_told_as_well() -> None:
    many = [f"ab{number}" for number in range(PREFIX_LIMIT + 1)]
    found = plan("bão -ab* -ab*", [*ARCHIVE, *many])
    assert codes(found) == ["prefix_capped"]
    assert isinstance(found.plan.match, AllOf)
    assert found.plan.match.clauses[1] == NoneOf((Spellings(tuple(many[:PREFIX_LIMIT])),))


def test_words_excluded_are_not_missed() -> None:
    assert codes(plan('bão -"vắng xây" -vắng')) == []


# -- phrases


def test_quoted_words_without_a_distance_stand_side_by_side() -> None:
    side_by_side = Sequence((Spellings(("xây",), (TITLE, BODY)), Spellings(("dựng",), (TITLE, BODY))))
    assert plan('"xây dựng"').plan.match == side_by_side
