"""How soon a new article is found: from the start of `khobao index PATH` to the first answer of a running server.

What is measured. An archive is made and served; then one article is added, then a thousand, several times each. The
clock runs from the start of the command (Python's start included) until the server finds a word only the new articles
hold; the server is asked fifty times a second. Of the command, the seconds of our engine are told apart: opening
searchers (on the old build, to see what it holds, and on the new one, to verify it), opening the writer, adding,
committing. The rest is Python's start, reading and analysing the articles, checksums, and making all durable on disk.
What lies between the end of the command and `found` is the server opening the new build; it may begin before the
command ends.

What is not fair. Files are in the page cache, as the archive has just been made; a disk that is slow to sync is not
shown. The server's asking takes a little of the same cores.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.bench import report
from tests.bench.measure import p50
from tests.bench.sample import lines_of, write_sample
from tests.bench.service import Server, khobao, serving

ADDED = (1, 1000)
ASK_EVERY_SECONDS = 0.02
GIVE_UP_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Added:
    """Seconds: until found, until the command ended, and of the command the parts of the engine."""

    found: float
    command: float
    searchers: float
    writer: float
    add: float
    commit: float


def main() -> None:
    options = report.read_options(_parser())
    report.print_machine()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        articles = write_sample(options.data, folder / "archive.jsonl", options.articles)
        khobao("index", str(folder / "archive.jsonl"), "--index", str(folder / "index"))
        with serving(folder / "index") as server:
            _total(server, "x")  # the archive is opened with the first request
            results = {count: _add_repeatedly(server, folder, count, options) for count in ADDED}
    _print(articles, results)
    told = {str(count): [asdict(each) for each in runs] for count, runs in results.items()}
    report.save(options, {"articles": articles, "added": told})


def _parser() -> argparse.ArgumentParser:
    made = report.parser(__doc__)
    made.add_argument("--articles", type=int, default=20_000, help="size of the archive before")
    made.add_argument("--times", type=int, default=5)
    return made


def _add_repeatedly(server: Server, folder: Path, count: int, options: argparse.Namespace) -> list[Added]:
    runs = []
    for number in range(options.times):
        word = f"moitinh{count}x{number}"
        path = folder / f"{word}.jsonl"
        _write_articles(path, islice(cycle(lines_of(options.data)), count), word)
        runs.append(_add(server, folder / "index", path, word, count))
    return runs


def _write_articles(path: Path, lines: Iterable[str], word: str) -> None:
    """Articles of the data again, with ids of their own and a word that is in no other."""
    with path.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            record = json.loads(line)
            record |= {"id": f"{word}-{number}", "title": f"{record['title']} {word}"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _add(server: Server, index: Path, path: Path, word: str, count: int) -> Added:
    call = [sys.executable, "-m", "tests.bench.timed_index", "index", str(path), "--index", str(index)]
    started = time.monotonic()
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        while _total(server, word) < count:
            if process.poll() or time.monotonic() - started > GIVE_UP_SECONDS:
                sys.exit(f"not all of {path.name} is found; khobao index: status {process.poll()}")
            time.sleep(ASK_EVERY_SECONDS)
        found = time.monotonic() - started
        said, _ = process.communicate()
    seconds = json.loads(said.splitlines()[-1])
    return Added(found, seconds.pop("ended") - started, **seconds)


def _total(server: Server, word: str) -> int:
    with urlopen(f"{server.address}/api/v1/search?q={word}&size=1", timeout=60) as answer:  # noqa: S310 - our server
        body: dict[str, Any] = json.load(answer)
    return int(body["total"])


def _print(articles: int, results: dict[int, list[Added]]) -> None:
    head = ("median seconds", "found", "longest", "command", "opening searchers", "opening writer", "add", "commit")
    rows = [(f"{count:,} articles", *_seconds(runs)) for count, runs in results.items()]
    report.print_table(f"added to an archive of {articles:,} articles", head, rows)


def _seconds(runs: Sequence[Added]) -> tuple[float, ...]:
    return (
        p50([each.found for each in runs]),
        max(each.found for each in runs),
        p50([each.command for each in runs]),
        p50([each.searchers for each in runs]),
        p50([each.writer for each in runs]),
        p50([each.add for each in runs]),
        p50([each.commit for each in runs]),
    )


if __name__ == "__main__":
    main()
