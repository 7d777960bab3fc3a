"""A process that analyses articles for another: lists of articles in on stdin, their tokens out on stdout, as pickles.

Run by `worker_pool` as `python -m indexer.worker`. It ends when its stdin does, so it never outlives its parent.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, NoReturn

from indexer.analysis.names import Names
from indexer.documents import to_document
from indexer.model import Article

Tokens = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], Names]
"""Title, body, compounds and names of a `Document`: the articles themselves need not travel back."""

UNCOLLECTED = 100_000
"""New objects between two collections: tokens come in thousands, and make no cycles to collect."""


def main() -> NoReturn:
    """Answer every list of articles with the list of their tokens, or with the exception that came of it."""
    gc.set_threshold(UNCOLLECTED)
    # Files of our own: the standard ones have no buffer under PYTHONUNBUFFERED, and without one a process that is
    # suspended while it writes (Ctrl-Z) goes on as if all had been written.
    requests = open(0, "rb", closefd=False)  # noqa: SIM115 - never closed: that would wait for the thread below
    answers = open(1, "wb", closefd=False)  # noqa: SIM115 - closed with the process
    sys.stdout = sys.stderr  # whatever prints must not print into the answers
    batches: SimpleQueue[list[Article] | None] = SimpleQueue()
    Thread(target=_receive, args=(requests, batches), daemon=True).start()
    with suppress(BrokenPipeError):  # the parent is gone
        while (articles := batches.get()) is not None:
            pickle.dump(_analyse(articles), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
    os._exit(0)  # at once: Python would first wait for the thread, which may be waiting for a request


def _receive(source: BinaryIO, batches: SimpleQueue[list[Article] | None]) -> None:
    """Always ready to receive: if both processes waited to be read by the other, both would wait forever."""
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            batches.put(pickle.load(source))  # noqa: S301 - from the process that started this one
    batches.put(None)


def _analyse(articles: list[Article]) -> list[Tokens] | Exception:
    try:
        return [_tokens(article) for article in articles]
    except Exception as error:  # it is raised where the run can end in order
        return error


def _tokens(article: Article) -> Tokens:
    document = to_document(article, "", "")
    return document.title, document.body, document.compounds, document.names


if __name__ == "__main__":
    main()
