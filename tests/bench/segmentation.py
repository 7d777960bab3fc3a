"""Segment the articles of a JSON-lines file with our segmentation and with pyvi's own: same words, and how fast.

What is compared. Both get the same repaired text, article by article in turn, in one process; times are CPU seconds.
The run ends with status 1 if any word differs.

What is not fair. pyvi's import, slower by a second or two, is not counted; our model is read before the first article.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from indexer.analysis.canonical import canonical
from indexer.analysis.segmentation import pyvi_tokens
from tests.bench import report
from tests.bench.sample import lines_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyvi's old escapes
    from pyvi import ViTokenizer


def main() -> None:
    made = report.parser(__doc__)
    made.add_argument("--limit", type=int, default=2000, help="articles")
    options = report.read_options(made)
    report.print_machine()
    ours, pyvis, articles, tokens, differing = 0.0, 0.0, 0, 0, 0
    pyvi_tokens("Làm nóng.")
    for text in itertools.islice(read_texts(options.data), options.limit):
        started = time.process_time()
        found = pyvi_tokens(text)
        between = time.process_time()
        expected = ViTokenizer.tokenize(text)
        ours, pyvis = ours + between - started, pyvis + time.process_time() - between
        articles, tokens = articles + 1, tokens + len(found)
        differing += " ".join(found) != expected
    print(f"\n{articles:,} articles, {tokens:,} words, {differing} articles differ")
    print(f"ours {tokens / ours:,.0f} words/s, pyvi {tokens / pyvis:,.0f} words/s, ratio {pyvis / ours:.1f}")
    report.save(options, {"words": tokens, "differing": differing, "ours_cpu": ours, "pyvi_cpu": pyvis})
    sys.exit(1 if differing else 0)


def read_texts(data: Path) -> Iterator[str]:
    """The text of each article, as both segmentations get it."""
    for record in map(json.loads, lines_of(data)):
        yield canonical("\n".join(str(record.get(key) or "") for key in ("title", "lead", "body")))


if __name__ == "__main__":
    main()
