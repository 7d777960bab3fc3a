"""What every benchmark does round its measuring: arguments, the machine's facts, tables, and the JSON file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.machine import machine_facts


def parser(description: str | None) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("data", type=Path, help="articles as JSON lines (.jsonl, .jsonl.xz, .jsonl.gz)")
    made.add_argument("--json", type=Path, metavar="FILE", help="also write the results there")
    return made


def read_options(made: argparse.ArgumentParser) -> argparse.Namespace:
    """The options of this run. Ends the run with a sentence when the data is not there."""
    options = made.parse_args()
    if not options.data.is_file():
        sys.exit(f"{options.data} is not there: give a JSON-lines file of articles (its keys are in seeds/README.md).")
    return options


def print_machine() -> None:
    print("  ".join(f"{name}: {value}" for name, value in machine_facts().items()))


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The first column is text, the others are numbers, set to the right."""
    cells = [list(head), *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    print(f"\n{title}" if title else "")
    for row in cells:
        first, *rest = (f"{cell:{'<' if at == 0 else '>'}{widths[at]}}" for at, cell in enumerate(row))
        print("  ".join([first, *rest]).rstrip(), flush=True)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.2f}" if abs(value) < 100 else f"{value:,.0f}"


def save(options: argparse.Namespace, results: dict[str, Any]) -> None:
    """Write the JSON file, if one was asked for: the machine, the options, the results."""
    if options.json:
        told = {name: str(value) for name, value in vars(options).items()}
        content = {"machine": machine_facts(), "options": told, **results}
        options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
