"""An explanation for a terminal, and as plain data for scripts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer import notices, reasons
from indexer.explanation import Explanation, Reason, Verdict

HOLDS, FAILS = "+", "-"

SUM = {"vi": "Tổng điểm", "en": "Score"}

SCORE_WIDTH = 8


def as_text(explanation: Explanation, language: str) -> str:
    """Line by line: the answer, how the query was read, each clause and filter, the place in the list, the score."""
    article = explanation.article
    return "\n".join(
        [
            f"{article.title}  [{article.id}]",
            reasons.text(explanation.summary, language),
            *(f"  {notices.text(notice, language)}" for notice in explanation.notices),
            "",
            *(line for verdict in explanation.verdicts for line in _verdict_lines(verdict, language)),
            *(f"  {reasons.text(reason, language)}" for reason in explanation.order),
            *_score_lines(explanation, language),
        ]
    )


def _verdict_lines(verdict: Verdict, language: str, depth: int = 0) -> Iterator[str]:
    indent = "    " * depth
    sign = HOLDS if verdict.holds else FAILS
    first, *others = [reasons.text(reason, language) for reason in verdict.reasons] or [verdict.asked]
    yield f"{indent}{sign} {first}"
    yield from (f"{indent}  {other}" for other in others)
    for part in verdict.parts:
        yield from _verdict_lines(part, language, depth + 1)


def _score_lines(explanation: Explanation, language: str) -> Iterator[str]:
    if not explanation.points:
        return
    yield ""
    for points in explanation.points:
        yield f"{points.score:{SCORE_WIDTH}.3f}  {reasons.points_text(points.kind, points.asked, language)}"
    yield f"{explanation.score:{SCORE_WIDTH}.3f}  {SUM[language]}"


def as_json(explanation: Explanation, language: str) -> dict[str, Any]:
    """Plain data; every reason with its code and its sentence."""
    return {
        "id": explanation.article.id,
        "found": explanation.found,
        "rank": explanation.rank,
        "total": explanation.total,
        "summary": _reason(explanation.summary, language),
        "query": _verdict(explanation.query, language),
        "filters": [_verdict(each, language) for each in explanation.filters],
        "order": [_reason(each, language) for each in explanation.order],
        "score": explanation.score,
        "points": [
            {
                "kind": each.kind,
                "asked": each.asked,
                "score": each.score,
                "text": reasons.points_text(each.kind, each.asked, language),
            }
            for each in explanation.points
        ],
        "notices": [{"code": each.code, "text": notices.text(each, language)} for each in explanation.notices],
    }


def _verdict(verdict: Verdict, language: str) -> dict[str, Any]:
    return {
        "asked": verdict.asked,
        "holds": verdict.holds,
        "score": verdict.score,
        "reasons": [_reason(each, language) for each in verdict.reasons],
        "parts": [_verdict(each, language) for each in verdict.parts],
    }


def _reason(reason: Reason, language: str) -> dict[str, Any]:
    return {
        "code": reason.code,
        "values": dict(reason.values),
        "places": [{"part": each.part, "number": each.number, "count": each.count} for each in reason.places],
        "text": reasons.text(reason, language),
    }
