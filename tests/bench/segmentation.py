"""Segment the articles of a JSON-lines file with our segmentation and with pyvi's own: same words, and how fast.

Both get the same text, turn by turn in one run; times are CPU seconds. Ends with status 1 if any word differs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from indexer.analysis.canonical import canonical
from indexer.analysis.segmentation import pyvi_tokens

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyvi's old escapes
    from pyvi import ViTokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="JSON lines (.jsonl or .jsonl.xz) with title, lead, body")
    parser.add_argument("--limit", type=int, default=2000)
    options = parser.parse_args()
    if not options.data.is_file():
        sys.exit(f"{options.data} is not there: give a JSON-lines file of articles (keys in seeds/README.md).")
    texts = list(itertools.islice(read_texts(options.data), options.limit))
    ours, pyvis, tokens, differing = 0.0, 0.0, 0, 0
    pyvi_tokens("Làm nóng.")
    for text in texts:
        started = time.process_time()
        found = pyvi_tokens(text)
        between = time.process_time()
        expected = ViTokenizer.tokenize(text)
        ours, pyvis = ours + between - started, pyvis + time.process_time() - between
        tokens += len(found)
        differing += " ".join(found) != expected
    print(f"{len(texts)} articles, {tokens} words, {differing} articles differ")
    print(f"ours {tokens / ours:,.0f} words/s, pyvi {tokens / pyvis:,.0f} words/s, ratio {pyvis / ours:.1f}")
    sys.exit(1 if differing else 0)


def read_texts(data: Path) -> Iterator[str]:
    opener = lzma.open if data.suffix == ".xz" else open
    with opener(data, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield canonical("\n".join(str(record.get(key) or "") for key in ("title", "lead", "body")))


if __name__ == "__main__":
    main()
