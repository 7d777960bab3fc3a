"""How many bylines of a table are read into names, and which are refused: `make bench BYLINES=bylines.tsv`.

The table has a head and, between tabs, the columns `byline` and, where they are known, `count` (how often it is
printed), `people` and `agencies` (the names it holds, with `; ` between them; both empty where it is no byline). Where
it says what is right, answers are compared by their keys: capitals, ranks and the place of a tone make no difference.

What it does not say: whether prose is taken for a byline. `--prose articles.jsonl` lists the last lines of bodies that
are; many of them are bylines.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from indexer.sources.agencies import is_agency
from indexer.sources.bylines import read_byline
from indexer.sources.signatures import author_key
from tests.bench.sample import lines_of

Keys = frozenset[str]


class Answer(NamedTuple):
    """The people and agencies of a byline, by their keys."""

    people: Keys
    agencies: Keys

    @property
    def names(self) -> Keys:
        return self.people | self.agencies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--prose", type=Path, help="articles as JSON lines, whose last lines are asked")
    parser.add_argument("--articles", type=int, default=20_000)
    arguments = parser.parse_args()
    judge(arguments.table)
    if arguments.prose:
        judge_prose(arguments.prose, arguments.articles)


def judge(table: Path) -> None:
    """Print how the bylines of a table are read."""
    verdicts: Counter[str] = Counter()
    printed: Counter[str] = Counter()
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found = _read(row["byline"])
            for verdict in _verdicts(found, _expected(row)):
                verdicts[verdict] += 1
                printed[verdict] += int(row.get("count") or 1)
                if verdict not in ("read", "right"):
                    print(f"  {verdict}: {row['byline']}" + (f" -> {_written(found)}" if found else ""))
    for verdict, count in sorted(verdicts.items()):
        print(f"bylines {verdict}: {count} strings, printed {printed[verdict]} times")


def _verdicts(found: Answer | None, expected: Answer | None) -> list[str]:
    """Whether it was read, and whether that is right; to take a person for an agency is, and is said beside it."""
    said = ["read" if found else "refused"]
    if expected is None:
        return said
    if found is None:
        return [*said, "unread" if expected.names else "right"]
    if found.names != expected.names:
        return [*said, "wrong"]
    return [*said, "right", *(["right, but an agency for a person or the other way"] if found != expected else [])]


def _read(byline: str) -> Answer | None:
    authors = read_byline(byline)
    if authors is None:
        return None
    agencies = frozenset(author.key for author in authors if is_agency(author.name))
    return Answer(frozenset(author.key for author in authors) - agencies, agencies)


def _expected(row: dict[str, str]) -> Answer | None:
    if row.get("people") is None or row.get("agencies") is None:
        return None
    people, agencies = (
        frozenset(author_key(name) for name in row[column].split("; ") if name) for column in ("people", "agencies")
    )
    return Answer(people, agencies)


def _written(answer: Answer) -> str:
    return f"people {sorted(answer.people)}, agencies {sorted(answer.agencies)}"


def judge_prose(articles: Path, count: int) -> None:
    """Print the last lines of bodies that are taken for bylines, with how many were asked."""
    bodies = (json.loads(line)["body"].rstrip("\n") for line in islice(lines_of(articles), count))
    lines = [body.rpartition("\n")[2].strip() for body in bodies]
    taken = [line for line in lines if read_byline(line)]
    for line in taken:
        print(f"  taken: {line}")
    print(f"{len(taken)} of {len(lines)} last lines are taken for bylines")


if __name__ == "__main__":
    main()
