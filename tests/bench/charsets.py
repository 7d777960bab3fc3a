"""How many texts in old character sets are read rightly, and how many sound ones are taken for such.

`make bench LEGACY=folder`: the folder has `truth.jsonl` (`id`, `text`) and, for each character set, a folder of files
`ID.txt`. What a converter could not write stands in them as `?`; there any letter is right, and the last but one column
says how many files have such places. Titles, the first lines, are asked on their own: they have a handful of words.

`--news articles.jsonl` asks for verdicts on sound articles, where each is a false alarm, and what the question costs.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import process_time

from indexer.analysis.canonical import canonical
from indexer.sources.charset import Undecodable, decode, mend, recognise
from tests.bench.report import print_machine, print_table
from tests.bench.sample import lines_of

_LEFT_AS_IT_WAS = ""
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Score:
    """What came of the files of one character set."""

    charset: str
    files: int
    right: int
    titles_right: int
    with_lost_letters: int
    ms: float

    def row(self) -> tuple[object, ...]:
        wrong = self.files - self.right
        return (self.charset, self.files, self.right, wrong, self.titles_right, self.with_lost_letters, self.ms)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("legacy", type=Path)
    parser.add_argument("--news", type=Path, help="sound articles, as JSON lines")
    parser.add_argument("--articles", type=int, default=3000)
    arguments = parser.parse_args()
    if not (arguments.legacy / "truth.jsonl").is_file():
        sys.exit(f"{arguments.legacy}/truth.jsonl is not there: give a folder of texts in old character sets (--help).")
    print_machine()
    scores = judge(arguments.legacy)
    head = ("character set", "files", "right", "wrong", "titles right", "with lost letters", "CPU ms/file")
    print_table("texts in old character sets", head, [score.row() for score in scores])
    if arguments.news:
        judge_sound(arguments.news, arguments.articles)


def judge(folder: Path) -> list[Score]:
    """How the files of each character set are read."""
    rows = map(json.loads, (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines())
    truth = {row["id"]: canonical(row["text"]) for row in rows}
    return [_score(each, truth) for each in sorted(folder.iterdir()) if each.is_dir()]


def _score(folder: Path, truth: dict[str, str]) -> Score:
    files = [(path.read_bytes(), truth[path.stem]) for path in sorted(folder.glob("*.txt"))]
    texts = [_text(raw) for raw, _ in files]
    ms = _microseconds(_text, [raw for raw, _ in files]) / 1000
    right = [_is_right(text, true) for text, (_, true) in zip(texts, files, strict=True)]
    lost = [text != true and is_right for text, (_, true), is_right in zip(texts, files, right, strict=True)]
    titles = [_is_right(_text(_title(raw)), true.partition("\n")[0]) for raw, true in files]
    return Score(folder.name, len(files), sum(right), sum(titles), sum(lost), ms)


def _text(raw: bytes) -> str:
    try:
        return canonical(recognise(raw).text)
    except Undecodable:
        return _LEFT_AS_IT_WAS


def _title(raw: bytes) -> bytes:
    """The first line; of UTF-16, with its mark."""
    if raw.startswith(b"\xff\xfe"):
        return raw.decode("utf-16").partition("\n")[0].encode("utf-16")
    return raw.partition(b"\n")[0]


def _is_right(text: str, true: str) -> bool:
    pattern = "".join("." if letter == "?" else re.escape(letter) for letter in text)
    return re.fullmatch(pattern, true, re.DOTALL) is not None


def judge_sound(news: Path, count: int) -> None:
    """Print the verdicts on sound articles, and what asking costs."""
    records = [json.loads(line) for line in islice(lines_of(news), count)]
    texts = ["\n".join(record[key] or "" for key in ("title", "lead", "body")) for record in records]
    alarms = [(text, found.verdict) for text in texts if (found := mend(text)).verdict or found.text != text]
    for text, verdict in alarms:
        print(f"  false alarm: {text.partition(chr(10))[0]}: {verdict}")
    raws = [text.encode() for text in texts]
    alone, asked = _microseconds(decode, raws), _microseconds(recognise, raws)
    head = ("", "articles", "false alarms", "as UTF-8, CPU µs/article", "recognised, CPU µs/article")
    print_table("sound articles", head, [("", len(texts), len(alarms), alone, asked)])


def _microseconds(read: Callable[[bytes], object], raws: Sequence[bytes]) -> float:
    """CPU time by article, in the best of several rounds."""
    rounds = []
    for _ in range(_ROUNDS):
        start = process_time()
        for raw in raws:
            read(raw)
        rounds.append(process_time() - start)
    return min(rounds) * 1_000_000 / len(raws)


if __name__ == "__main__":
    main()
