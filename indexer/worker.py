"""A process that analyses articles for another: lists of articles in on stdin, their tokens out on stdout, as pickles.

Run by `worker_pool` as `python -m indexer.worker`. It ends when its stdin does, so it never outlives its parent.
"""

from __future__ import annotations

import gc
import pickle
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from indexer.documents import to_document
from indexer.model import Article

Tokens = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Title, body and compounds of a `Document`: the articles themselves need not travel back."""

UNCOLLECTED = 100_000
"""New objects between two collections: tokens come in thousands, and make no cycles to collect."""


def main() -> None:
    """Answer every list of articles with the list of their tokens, or with the exception that came of it."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # whatever prints must not print into the answers
    gc.set_threshold(UNCOLLECTED)
    batches: SimpleQueue[list[Article] | None] = SimpleQueue()
    Thread(target=_receive, args=(sys.stdin.buffer, batches), daemon=True).start()
    with suppress(BrokenPipeError):  # the parent is gone
        while (articles := batches.get()) is not None:
            pickle.dump(_analyse(articles), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


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
    return document.title, document.body, document.compounds


if __name__ == "__main__":
    main()
