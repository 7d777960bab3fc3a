"""What is asked of OpenSearch for each kind of clause, read as plain data; whether it finds the right articles is told
where there is a cluster to ask (`tests/opensearch`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from indexer.engines.opensearch_engine import words
from indexer.engines.opensearch_engine.compiling import Compiler
from indexer.engines.opensearch_engine.statistics import Statistics
from indexer.engines.opensearch_engine.words import Query
from indexer.querying.plan import (
    BODY,
    EVERYTHING,
    NOTHING,
    TITLE,
    AllOf,
    AnyOf,
    ByAuthor,
    Clause,
    Compound,
    MostOf,
    Near,
    NoneOf,
    Published,
    Sequence,
    Spellings,
    Weighted,
    texts_in,
)
from indexer.ranking import SATURATION, inverse_frequency
from tests.indexer.engines.whoosh_engine import samples

RAIN = Spellings(("mưa",))
IN_TITLE, IN_BODY = Spellings(("mưa",), (TITLE,)), Spellings(("mưa",), (BODY,))
ANY_RAIN = Spellings(("mưa", "mùa"), (BODY,))
BIG = Spellings(("lớn",), (BODY,))
NEAR = Near((ANY_RAIN, BIG), 3)
CITY = Spellings(("tp.hcm", "mùa"), (BODY,))
COUNTS = dict.fromkeys([RAIN, IN_TITLE, IN_BODY, ANY_RAIN, CITY, Compound("mùa_mưa")], 7) | {BIG: 2}
STATISTICS = Statistics(100, {"title": 8.0, "body": 250.0, "compounds": 0.2}, COUNTS)
COMPILER = Compiler(STATISTICS, {NEAR: {"a": 1.5, "b": 0.25}})


def scripts(query: Any) -> Iterator[dict[str, Any]]:
    """Every script in a query, from the outside in."""
    if isinstance(query, dict):
        if "script" in query:
            yield query["script"]
        for value in query.values():
            yield from scripts(value)
    elif isinstance(query, list):
        for value in query:
            yield from scripts(value)


def leaves(query: Any) -> int:
    """The parts of a query that OpenSearch counts, or more."""
    if isinstance(query, list):
        return sum(map(leaves, query))
    if not isinstance(query, dict):
        return 0
    if query.keys() & {"term", "terms", "ids", "intervals", "range", "match_all", "match_none"}:
        return 1
    return sum(map(leaves, query.values()))


def inside(query: Query) -> Query:
    """What a script scores."""
    scored: Query = query["script_score"]["query"]
    return scored


FOR_FIELDS = (words.IN_ONE_FIELD, words.IN_PLACES)

# -- filters


@pytest.mark.parametrize(
    ("clause", "query"),
    [
        (IN_TITLE, {"terms": {"title": ["mưa"]}}),
        (
            RAIN,
            {
                "bool": {
                    "should": [{"terms": {"title": ["mưa"]}}, {"terms": {"body": ["mưa"]}}],
                    "minimum_should_match": 1,
                }
            },
        ),
        (Compound("mùa_mưa"), {"term": {"compounds": "mùa_mưa"}}),
        (NEAR, {"ids": {"values": ["a", "b"]}}),
        (ByAuthor(("đình lâm", "thu hoà")), {"terms": {"author": ["đình lâm", "thu hoà"]}}),
        (Published(date(2020, 7, 1), None), {"range": {"day": {"gte": 20200701}}}),
        (Published(None, date(2020, 7, 1)), {"range": {"day": {"gte": 1, "lte": 20200701}}}),
        (EVERYTHING, {"bool": {"filter": [{"match_all": {"boost": 0}}]}}),
        (NOTHING, {"match_none": {}}),
        (NoneOf((IN_TITLE,)), {"bool": {"must_not": [{"terms": {"title": ["mưa"]}}]}}),
        (Weighted(IN_TITLE, 0.5), {"terms": {"title": ["mưa"]}}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_clause_that_only_has_to_match_is_asked_for_without_scores(clause: Clause, query: Query) -> None:
    assert COMPILER.filtering(clause) == query


@settings(deadline=None, max_examples=20)
@given(samples.CLAUSES.filter(lambda clause: not any(isinstance(each, Near) for each in texts_in(clause))))
def test_no_filter_runs_a_script(clause: Clause) -> None:
    assert [*scripts(Compiler(Statistics(0), {}).filtering(clause))] == []


# -- scores


def test_a_words_frequency_is_set_against_the_length_of_its_field_and_then_against_its_rarity() -> None:
    query = COMPILER.scoring(IN_BODY)
    together, in_body = scripts(query)
    assert together["params"] == {"saturation": SATURATION, "rarity": inverse_frequency(100, 7)}
    assert in_body["params"] == {"weight": 1.0, "effect": 0.75, "average": 250.0}
    assert "doc['body_length'].value" in in_body["source"]
    assert inside(inside(query)) == {"term": {"body": "mưa"}}


def test_the_average_length_of_a_field_that_is_mostly_empty_is_one() -> None:
    _, in_compounds = scripts(COMPILER.scoring(Compound("mùa_mưa")))
    assert in_compounds["params"]["average"] == 1.0


def test_what_scores_nothing_is_asked_for_where_nothing_is_scored() -> None:
    by_lam = {"terms": {"author": ["đình lâm"]}}
    query = COMPILER.scoring(AllOf((IN_BODY, ByAuthor(("đình lâm",)))))
    assert query == {"bool": {"must": [COMPILER.scoring(IN_BODY)], "filter": [by_lam]}}
    either = COMPILER.scoring(AnyOf((IN_BODY, ByAuthor(("đình lâm",)))))
    assert {"constant_score": {"filter": by_lam, "boost": 0}} in either["bool"]["should"]


def test_a_weight_is_a_boost_of_all_that_it_weighs() -> None:
    assert COMPILER.scoring(Weighted(RAIN, 0.8)) == {"bool": {"must": [COMPILER.scoring(RAIN)], "boost": 0.8}}


def test_words_side_by_side_are_as_rare_as_the_rarest_of_them() -> None:
    together, in_body = scripts(COMPILER.scoring(Sequence((IN_BODY, BIG))))
    assert together["params"]["rarity"] == inverse_frequency(100, 2)
    assert "_score / (1 - _score)" in in_body["source"], "an interval's score is turned back into a frequency"


def test_all_spellings_of_a_word_are_one_source_of_places() -> None:
    query = inside(inside(COMPILER.scoring(Sequence((CITY, BIG)))))
    places = query["intervals"]["body"]["all_of"]
    assert places == {
        "ordered": True,
        "max_gaps": 0,
        "intervals": [
            {"regexp": {"pattern": r"tp\.hcm|mùa", "max_expansions": 2}},
            {"match": {"query": "lớn"}},
        ],
    }


def test_words_near_each_other_are_asked_for_by_the_articles_that_were_looked_at() -> None:
    _, by_id = scripts(COMPILER.scoring(NEAR))
    assert by_id["params"] == {"frequencies": {"a": 1.5, "b": 0.25}}


@settings(deadline=None, max_examples=20)
@given(samples.CLAUSES)
def test_scripts_are_few_and_hold_no_numbers_of_a_question(clause: Clause) -> None:
    """Each is compiled once, and the cluster refuses to compile many in a minute."""
    texts = [*texts_in(clause)]
    counts = {part: 1 for text in texts for part in (getattr(text, "parts", None) or (text,))}
    verified = {text: {"a": 1.0} for text in texts if isinstance(text, Near)}
    compiler = Compiler(Statistics(9, dict.fromkeys(STATISTICS.averages, 2.0), counts), verified)
    sources = {script["source"] for script in scripts(compiler.scoring(clause))}
    known = [source.format(field=field) for source in FOR_FIELDS for field in STATISTICS.averages]
    assert sources <= {words.TOGETHER, words.BY_ID, *known}


@pytest.mark.parametrize(("count", "spellings"), [(1, 200), (12, 64), (70, 1), (70, 30)])
def test_no_question_has_more_parts_than_opensearch_takes(count: int, spellings: int) -> None:
    texts = [Spellings(tuple(f"x{number}y{spelling}" for spelling in range(spellings))) for number in range(count)]
    compiler = Compiler(Statistics(9, STATISTICS.averages, dict.fromkeys(texts, 1)), {}, words.most_terms(count))
    for clause in (AllOf(tuple(texts)), AnyOf(tuple(texts))):
        assert leaves(compiler.scoring(clause)) <= words.MOST_PARTS
        assert leaves(compiler.filtering(clause)) <= words.MOST_PARTS


# -- most of the words


def test_the_best_article_tells_how_many_words_are_asked_for() -> None:
    match = MostOf((IN_TITLE, IN_BODY), (ByAuthor(("đình lâm",)),))
    counted = COMPILER.how_many(match)["bool"]
    each = counted["must"][0]["bool"]["should"]
    assert [part["constant_score"]["boost"] for part in each] == [1, 1]
    assert COMPILER.most(match, 2)["bool"]["minimum_should_match"] == 2
    assert COMPILER.with_most(match, 2)["bool"]["minimum_should_match"] == 2
    assert counted["filter"] == COMPILER.with_most(match, 2)["bool"]["filter"] == [{"terms": {"author": ["đình lâm"]}}]


def test_of_no_words_no_article_has_any() -> None:
    assert COMPILER.how_many(MostOf(()))["bool"]["must"] == [{"match_none": {}}]
