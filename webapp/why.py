"""An `Explanation` -> what `_why.html` shows."""

from __future__ import annotations

from indexer import notices, reasons
from indexer.explanation import Explanation, Verdict
from indexer.model import SearchRequest
from webapp import formats
from webapp.contexts import Why, WhyLine, WhyPoints
from webapp.links import Links


def why(explanation: Explanation, request: SearchRequest, urls: Links, language: str, number: int = 0) -> Why:
    """The explanation in words; `request` is the search it explains, `number` the article's in its results, or 0."""
    article_id = explanation.article.id
    return Why(
        asked=request.text,
        is_found=explanation.found,
        summary=reasons.text(explanation.summary, language),
        notes=tuple(notices.text(notice, language) for notice in explanation.notices),
        lines=tuple(_line(verdict, language) for verdict in explanation.verdicts),
        order=tuple(reasons.text(reason, language) for reason in explanation.order),
        points=tuple(
            WhyPoints(reasons.points_text(each.kind, each.asked, language), formats.score(each.score, language))
            for each in explanation.points
        ),
        total=formats.score(explanation.score, language),
        action=urls.article(article_id),
        sent_along=(*urls.hidden_fields(request, shows_dates=False), ("why", "1")),
        without_url=urls.article(article_id, request, number),
    )


def _line(verdict: Verdict, language: str) -> WhyLine:
    sentences = tuple(reasons.text(reason, language) for reason in verdict.reasons)
    return WhyLine(
        holds=verdict.holds,
        sentences=sentences or (f"“{verdict.asked}”",),
        parts=tuple(_line(part, language) for part in verdict.parts),
    )
