"""Which requests count as a reader's search: the first page of a question, asked of the whole archive by a person."""

from __future__ import annotations

import re

from flask import Request

from indexer.model import SearchRequest

_ROBOT = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp|scrap", re.IGNORECASE)  # Cubot makes telephones


def is_counted(search: SearchRequest, request: Request) -> bool:
    """Whether this is a question, and not another look at its answer: a further page, a filter, an order.

    Robots that say what they are do not count, nor pages fetched before anybody wants to see them.
    """
    if not search.text or search != SearchRequest(search.text, page_size=search.page_size):
        return False
    is_ahead_of_time = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and not is_ahead_of_time and not _ROBOT.search(request.user_agent.string)
