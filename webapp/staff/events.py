"""The progress of a run as server-sent events: who looks on sees it move without loading the page anew.

A stream holds one of the few threads that answer readers. So there are only so many at a time, and each is short: the
browser connects again by itself. Who gets none loads the page again and again instead, as without JavaScript.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

from flask import Response, abort, stream_with_context

from indexer.runs import Run, RunState
from webapp.staff import wording
from webapp.staff.contexts import Progress
from webapp.staff.shared import desk

PAUSE_SECONDS = 0.3
"""Between two looks at the record, which is itself written some four times a second."""

STREAM_SECONDS = 8.0
"""The length of a stream; less than a server that is told to stop waits for what is under way."""

RECONNECT_MS = 500


def stream(look: Callable[[], Run | None], language: str) -> Response:
    """The events of a run as they happen, to its end or for a few seconds. 503 where too many threads look on."""
    places = desk().streams
    if not places.acquire(blocking=False):
        abort(503)
    response = Response(stream_with_context(_events(look, language)), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # or nginx would keep them until there is a page full
    response.call_on_close(places.release)
    return response


def progress(run: Run | None, language: str) -> Progress:
    """How far a run is."""
    if run is None:
        return Progress("", 0, 0)
    step = run.step
    return Progress(wording.progress(run, language), step.files_done if step else 0, step.files if step else 0)


def _events(look: Callable[[], Run | None], language: str) -> Iterator[str]:
    """An event for each change; a comment otherwise, by which the server notices who has gone away."""
    yield f"retry: {RECONNECT_MS}\n\n"
    end, told = time.monotonic() + STREAM_SECONDS, ""
    while time.monotonic() < end:
        run = look()
        if run and run.state is not RunState.RUNNING:
            yield "event: over\ndata: {}\n\n"
            return
        now = _as_json(progress(run, language)) if run else ""
        yield f"data: {now}\n\n" if now != told else ":\n\n"
        told = now
        time.sleep(PAUSE_SECONDS)


def _as_json(shown: Progress) -> str:
    return json.dumps({"text": shown.text, "done": shown.done, "files": shown.files}, ensure_ascii=False)
