"""Files of articles cut from the data, for benchmarks that go through the command line, as staff would."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from indexer.analysis.canonical import canonical


def lines_of(data: Path) -> Iterator[str]:
    """The lines of a JSON-lines file, packed or not."""
    with _open(data) as lines:
        yield from lines


def _open(data: Path) -> IO[str]:
    if data.suffix == ".xz":
        return lzma.open(data, "rt", encoding="utf-8")
    if data.suffix == ".gz":
        return gzip.open(data, "rt", encoding="utf-8")
    return data.open(encoding="utf-8")


def write_sample(data: Path, target: Path, articles: int) -> int:
    """Write the first articles into a file of their own; returns how many there were."""
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with target.open("w", encoding="utf-8") as file:
        for line in islice(lines_of(data), articles):
            file.write(line)
            written += 1
    return written


def titles_in_words(data: Path, articles: int, at_least: int) -> list[list[str]]:
    """The words of the titles that have enough of them, in lower case, without titles that hold signs or digits."""
    lines = islice(lines_of(data), articles)
    titles = (canonical(json.loads(line)["title"]).lower().split() for line in lines)
    return [words for words in titles if len(words) >= at_least and all(map(str.isalpha, words))]
