"""The contenders by name; a rival's library is imported only when it takes part."""

from __future__ import annotations

from importlib.util import find_spec

from tests.bench.contenders import Contender
from tests.bench.fts5_rival import Fts5
from tests.bench.ours import Ours
from tests.bench.stock_whoosh import StockWhoosh

OURS, WHOLE = "ours", "ours-whole"
RIVALS = ("tantivy", "tantivy-all", "fts5", "whoosh")

PAGE_OF_AUTHORS = 20
"""How many authors `tantivy` lists: what a page shows, and less work than ours, which lists all as `tantivy-all`."""

STOCK_WHOOSH_LIMIT = 20_000


def contender(name: str) -> Contender:
    match name:
        case "ours" | "ours-whole":
            return Ours(name, whole=name == WHOLE)
        case "fts5":
            return Fts5()
        case "whoosh":
            return StockWhoosh()
        case "tantivy" | "tantivy-all":
            from tests.bench.tantivy_rival import ALL, Tantivy  # noqa: PLC0415 - an optional library

            return Tantivy(name, PAGE_OF_AUTHORS if name == "tantivy" else ALL)
    raise ValueError(f"{name} is none of {RIVALS}")


def why_absent(name: str, articles: int) -> str | None:
    """Why a rival does not take part, or None."""
    if name.startswith("tantivy") and find_spec("tantivy") is None:
        return "its package is not installed: pip install -e '.[bench]'"
    if name == "whoosh" and articles > STOCK_WHOOSH_LIMIT:
        return f"stock Whoosh is asked at {STOCK_WHOOSH_LIMIT:,} articles at most: beyond, it takes hours"
    return None
