"""Words as OpenSearch is asked for them: a query for each text clause, whose score is what `ranking` makes of it.

A term's own score is its frequency (see `mapping.FREQUENCY`), and scores of alternatives add up. Scripts make BM25F of
it, so that an article scores the same as with every other engine, to single precision. Numbers go in as parameters:
each script is compiled once.

An `intervals` query scores f / (f + 1) where it finds f places, which is turned back into f: exactly up to some 4,000
places, and nearly beyond, where one more or less scores the same.

A query may have so many parts and no more, and an interval over alternatives is one for each of their combinations. So
the spellings of a word are one regular expression where places are asked for, and where there are too many of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from indexer import ranking
from indexer.engines.opensearch_engine.statistics import Statistics
from indexer.querying.plan import Compound, Near, Sequence, Spellings, TextClause

Query = dict[str, Any]

Verified = Mapping[Near, Mapping[str, float]]
"""The articles that a clause matches, with their BM25F frequencies, where they were looked at; see `near`."""

MOST_PARTS = 1000
"""Of a query: OpenSearch takes 1,024 (`indices.query.bool.max_clause_count`)."""

IN_ONE_FIELD = "_score * weight / (1 - effect + effect * doc['{field}_length'].value / average)"
IN_PLACES = (
    "floor(_score / (1 - _score) + 0.5) * weight / (1 - effect + effect * doc['{field}_length'].value / average)"
)
"""One field's part of the frequency, from the number of terms or of places; see `ranking.field_frequency`."""

TOGETHER = "_score / (_score + saturation) * rarity * (saturation + 1)"
"""See `ranking.score`."""

BY_ID = "params.frequencies[doc['id'].value]"


def scored(clause: TextClause, statistics: Statistics, verified: Verified, most_terms: int) -> Query:
    """Finds what matches, and scores it; see `weighed`."""
    parameters = {"saturation": ranking.SATURATION, "rarity": statistics.rarity(clause)}
    return scripted(weighed(clause, statistics, verified, most_terms), TOGETHER, parameters)


def weighed(clause: TextClause, statistics: Statistics, verified: Verified, most_terms: int) -> Query:
    """Finds what matches; the score is the BM25F frequency. A word of more than `most_terms` spellings is one part."""
    if isinstance(clause, Near) and clause in verified:
        return _by_id(verified[clause])
    parts = []
    for field in fields_of(clause):
        row = ranking.FIELDS[field]
        average = max(statistics.averages[field], 1.0)
        parameters = {"weight": row.weight, "effect": row.length_effect, "average": average}
        query, source = _counted(clause, field, most_terms)
        parts.append(scripted(query, source.format(field=field), parameters))
    return any_of(parts)


def _counted(clause: TextClause, field: str, most_terms: int) -> tuple[Query, str]:
    """What finds the clause in one field, and the script for its score."""
    if isinstance(clause, Spellings) and len(clause.terms) > most_terms:
        return {"intervals": {field: _any_spelling(clause)}}, IN_PLACES
    return in_field(clause, field), IN_PLACES if isinstance(clause, Sequence | Near) else IN_ONE_FIELD


def most_terms(clauses: int) -> int:
    """How many spellings of a word may be parts of their own, where a query has so many clauses."""
    return max(1, MOST_PARTS // (2 * max(1, clauses)))


def matching(clause: TextClause, verified: Verified) -> Query:
    """Finds what matches, as a filter."""
    if isinstance(clause, Near) and clause in verified:
        return {"ids": {"values": [*verified[clause]]}}
    if isinstance(clause, Spellings):
        return any_of([{"terms": {field: [*clause.terms]}} for field in clause.fields])
    return any_of([in_field(clause, field) for field in fields_of(clause)])


def fields_of(clause: TextClause) -> tuple[str, ...]:
    return (ranking.COMPOUNDS,) if isinstance(clause, Compound) else clause.fields


def in_field(clause: TextClause, field: str) -> Query:
    """Finds what matches in one field; of words near each other, what may."""
    match clause:
        case Compound(term):
            return _term(field, term)
        case Spellings(terms):
            return any_of([_term(field, term) for term in terms])
        case Sequence(parts):
            return _places(field, [_any_spelling(part) for part in parts], ordered=True, gaps=0)
        case Near(parts, distance):
            first, *others = map(_any_spelling, parts)
            pairs = [_places(field, [first, other], ordered=False, gaps=distance - 1) for other in others]
            if len(pairs) > 1:
                return {"bool": {"filter": pairs}}
            return pairs[0] if pairs else _places(field, [first], ordered=True, gaps=0)


def _term(field: str, term: str) -> Query:
    return {"term": {field: term}}


def _any_spelling(part: Spellings) -> Query:
    if len(part.terms) == 1:
        return {"match": {"query": part.terms[0]}}
    pattern = "|".join(SPECIAL.sub(r"\\\g<0>", term) for term in part.terms)
    return {"regexp": {"pattern": pattern, "max_expansions": len(part.terms)}}


SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
"""What may mean something in a regular expression of Lucene's: any sign that is no letter and no digit."""


def _places(field: str, parts: list[Query], *, ordered: bool, gaps: int) -> Query:
    return {"intervals": {field: {"all_of": {"ordered": ordered, "max_gaps": gaps, "intervals": parts}}}}


def _by_id(frequencies: Mapping[str, float]) -> Query:
    if not frequencies:
        return {"match_none": {}}
    script = {"source": BY_ID, "params": {"frequencies": dict(frequencies)}}
    return {"script_score": {"query": {"ids": {"values": [*frequencies]}}, "script": script}}


def any_of(queries: list[Query]) -> Query:
    """Finds what any finds; scores add up."""
    if not queries:
        return {"match_none": {}}
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def scripted(query: Query, source: str, parameters: Mapping[str, float]) -> Query:
    """The language `expression` takes numbers only, and runs them as fast as the rest of the query."""
    script = {"lang": "expression", "source": source, "params": dict(parameters)}
    return {"script_score": {"query": query, "script": script}}
