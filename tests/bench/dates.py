"""How many printed date stamps of a table are read as they are meant: `make bench DATES=dates.tsv`.

The table has a head and, between tabs, the columns `raw` (the stamp as printed) and `iso` (what it means, with its
offset). Where `iso` is a day alone, only the day is compared: whether the time that was read is right, nobody knows.
A stamp may be refused, never misread: the exit status is 1 for a wrong one, or when fewer than 99.5 % are right.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

from indexer.model import Stamp
from indexer.sources.stamps import read_stamp

LEAST_RIGHT = 0.995

VERDICTS = ("right", "unknown", "wrong")

_MOST_SHOWN = 5
_WEEKDAY = re.compile(r"(?:Thứ \w+|Chủ nhật)", re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    sys.exit(0 if judge(parser.parse_args().table) else 1)


def judge(table: Path) -> bool:
    """Print how the stamps of a table are read, by shape; whether that is good enough."""
    shapes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    shown: Counter[str] = Counter()
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            printed, meant = row["raw"], row["iso"]
            found, shape = read_stamp(printed), _shape(printed)
            verdict = _verdict(found, meant)
            shapes[shape][verdict] += 1
            shown[shape] += verdict != "right"
            if verdict != "right" and shown[shape] <= _MOST_SHOWN:
                print(f"  {verdict}: {printed} -> {found and found.isoformat()}, meant {meant}")
    return _report(shapes)


def _shape(printed: str) -> str:
    """`Thứ tư, 01/07/2020` -> `weekday, 9/9/9999`."""
    return re.sub(r"\b99?\b", "9", re.sub(r"[0-9]", "9", _WEEKDAY.sub("weekday", printed)))


def _verdict(found: Stamp | None, meant: str) -> str:
    if found is None:
        return "unknown"
    moment = datetime.fromisoformat(meant)
    is_right = found.has_time and found.moment == moment if moment.tzinfo else found.day == moment.date()
    return "right" if is_right else "wrong"


def _report(shapes: defaultdict[str, Counter[str]]) -> bool:
    total: Counter[str] = sum(shapes.values(), Counter())
    print(f"{'right':>7} {'unknown':>7} {'wrong':>7}  shape")
    for shape, verdicts in [*sorted(shapes.items(), key=lambda pair: -pair[1].total()), ("all", total)]:
        print("".join(f"{verdicts[verdict]:7} " for verdict in VERDICTS) + f" {shape}")
    share = total["right"] / max(total.total(), 1)
    print(f"stamps right: {share:.2%} (at least {LEAST_RIGHT:.1%}), wrong: {total['wrong']} (none)")
    return share >= LEAST_RIGHT and not total["wrong"]


if __name__ == "__main__":
    main()
