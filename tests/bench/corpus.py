"""The articles of a benchmark as tokens in a file, one article a line: analysed once, then the same for every engine.

A corpus larger than the data repeats it: each copy of an article has its passages in another order, one of them left
out, so that no two articles score alike. Its stored text stays that of the original. Everything is read as a stream.
"""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

from indexer.analysis.tokens import ANALYSIS_VERSION
from indexer.documents import PASSAGE_BREAK, to_document
from indexer.model import Article
from indexer.sources import json_lines
from indexer.sources.inputs import Input

_BREAK = f" {PASSAGE_BREAK} "


@dataclass(frozen=True, slots=True)
class Entry:
    """An article: `title` and `body` are its tokens, `compounds` its words, separated by blanks.

    `authors` are (name, key); `published` is ISO 8601; `text` is the title, the lead and the paragraphs, as printed.
    """

    number: int
    title: str
    body: str
    compounds: str
    authors: tuple[tuple[str, str], ...]
    published: str | None
    text: tuple[str, ...]

    @property
    def author_keys(self) -> list[str]:
        return list(dict.fromkeys(key for _, key in self.authors))

    @property
    def year(self) -> int | None:
        return int(self.published[:4]) if self.published else None


class Corpus:
    """The file of tokens of the first articles of the data."""

    def __init__(self, data: Path, folder: Path, articles: int) -> None:
        """Analyses up to `articles` articles into the folder, unless it holds them already from an earlier run."""
        stamp = data.stat().st_mtime_ns
        self.path = folder / f"tokens-{data.name}-{stamp}-{articles}-{ANALYSIS_VERSION}.jsonl"
        if not self.path.exists():
            self._write(data, articles)
        with self.path.open("rb") as lines:
            self.size = sum(1 for _ in lines)

    def _write(self, data: Path, articles: int) -> None:
        unfinished = self.path.with_suffix(".new")
        found = (item for item in json_lines.read(Input.of_file(data, "article")) if isinstance(item, Article))
        with multiprocessing.Pool() as processes, unfinished.open("w", encoding="utf-8") as file:
            file.writelines(processes.imap(_line, islice(found, articles), chunksize=64))
        unfinished.rename(self.path)

    def entries(self, articles: int) -> Iterator[Entry]:
        """That many articles: those of the data, then copies of them."""
        return islice(self._without_end(), articles)

    def _without_end(self) -> Iterator[Entry]:
        for copy in count():
            with self.path.open(encoding="utf-8") as lines:
                for place, line in enumerate(lines):
                    entry = _entry(copy * self.size + place, line)
                    yield _shuffle(entry) if copy else entry


def _line(article: Article) -> str:
    document = to_document(article, "", "")
    published = article.published.moment.isoformat() if article.published else None
    fields = [
        " ".join(document.title),
        " ".join(document.body),
        " ".join(document.compounds),
        [(author.name, author.key) for author in article.authors],
        published,
        [article.title, article.lead, *article.paragraphs],
    ]
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _entry(number: int, line: str) -> Entry:
    title, body, compounds, authors, published, text = json.loads(line)
    return Entry(number, title, body, compounds, tuple(map(tuple, authors)), published, tuple(text))


def _shuffle(entry: Entry) -> Entry:
    passages = entry.body.split(_BREAK)
    random.Random(entry.number).shuffle(passages)
    return replace(entry, body=_BREAK.join(passages[1:] or passages))
