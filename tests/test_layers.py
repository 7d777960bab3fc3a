"""The arrows: imports point one way, engines and web libraries stay where they belong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("indexer.errors", "indexer.model", "indexer.budget", "indexer.problems", "indexer.columns", "indexer.short_codes"),
    ("indexer.durable", "indexer.depot", "indexer.array_file"),
    ("indexer.pointer",),
    (
        "indexer.settings",
        "indexer.notices",
        "indexer.problem_text",
        "indexer.analysis",
        "indexer.manifest",
        "indexer.reports",
        "indexer.explanation",
    ),
    ("indexer.facets",),
    ("indexer.stored_article",),
    (
        "indexer.sources",
        "indexer.querying.nodes",
        "indexer.querying.plan",
        "indexer.querying.dates",
        "indexer.querying.synonyms",
        "indexer.querying.wildcards",
        "indexer.builds",
        "indexer.runs",
        "indexer.reasons",
        "indexer.searches",
        "indexer.reader_reports",
        "indexer.impact",
    ),
    (
        "indexer.clinic",
        "indexer.period_text",
        "indexer.renames",
        "indexer.looks",
        "indexer.file_states",
        "indexer.querying.parser",
        "indexer.querying.authors",
        "indexer.querying.typing_end",
        "indexer.querying.respelling",
        "indexer.querying.writing",
        "indexer.suggesting",
        "indexer.ranking",
        "indexer.documents",
    ),
    (
        "indexer.staff_list",
        "indexer.synonym_mining",
        "indexer.author_merges",
        "indexer.querying.relaxing",
        "indexer.querying.unquoting",
    ),
    ("indexer.synonym_files", "indexer.author_files", "indexer.author_mining", "indexer.watching"),
    (
        "indexer.querying.planner",
        "indexer.querying.keystrokes",
        "indexer.highlight",
        "indexer.explanation_text",
        "indexer.worker",
    ),
    ("indexer.ports", "indexer.worker_pool"),
    ("indexer.lexicon",),
    (
        "indexer.engines",
        "indexer.folding",
        "indexer.explaining",
        "indexer.similar",
        "indexer.word_completion",
        "indexer.budgeted",
        "indexer.author_company",
    ),
    ("indexer.checking", "indexer.ledger", "indexer.completion"),
    ("indexer.draft", "indexer.history", "indexer.preview", "indexer.rehearsal"),
    ("indexer.sync",),
    ("indexer.question",),
    ("indexer.answering",),
    ("indexer.archive", "indexer.build"),
    ("indexer.live", "indexer.replay"),
    ("indexer.comparing",),
    ("indexer.bootstrap",),
    ("indexer.upkeep", "indexer.curation"),
    ("indexer.commands",),
    ("indexer.cli",),
    ("indexer.__main__",),
    ("webapp",),
)
"""Lowest first. A module may import its own package, its own layer's lower neighbours, and anything below."""

HOMES = {
    "whoosh": ("indexer.engines.whoosh_engine",),
    "pyvi": ("indexer.analysis.segmentation", "indexer.analysis.crf_model"),
    "flask": ("webapp",),
    "flask_babel": ("webapp",),
    "waitress": ("webapp.server",),
    "flask_login": ("webapp.staff",),
    "flask_wtf": ("webapp.staff",),
    "flask_limiter": ("webapp.staff",),
    "prometheus_client": ("webapp.metrics",),
    "trafilatura": ("indexer.sources.html",),
    "lxml": ("indexer.sources.html",),
    "docx": ("indexer.sources.docx",),
    "tomlkit": ("indexer.clinic.corrections_edit",),
    "watchfiles": ("indexer.watching",),
    "opensearchpy": ("indexer.engines.opensearch_engine.client",),
    "click": ("indexer.cli", "indexer.commands", "webapp.cli"),
}
"""Each outside library and the only places that may import it."""

WEB_MAY_IMPORT = {
    "indexer.durable",
    "indexer.history",
    "indexer.preview",
    "indexer.problems",
    "indexer.problem_text",
    "indexer.period_text",
    "indexer.reports",
    "indexer.runs",
    "indexer.bootstrap",
    "indexer.upkeep",
    "indexer.curation",
    "indexer.model",
    "indexer.errors",
    "indexer.notices",
    "indexer.explanation",
    "indexer.reader_reports",
    "indexer.reasons",
    "indexer.settings",
    "indexer.short_codes",
    "indexer.searches.counts",
}


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("indexer", "webapp"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__"), path


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every name a module imports, written out in full."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(name: str) -> tuple[int, str] | None:
    """Position and prefix of the layer a name belongs to; None for packages as such and outside libraries."""
    found = [
        (len(prefix), number, prefix)
        for number, layer in enumerate(LAYERS)
        for prefix in layer
        if name == prefix or name.startswith(f"{prefix}.")
    ]
    return max(found)[1:] if found else None


def upward(module: str, path: Path) -> Iterator[str]:
    """What of a module's imports does not point down."""
    here = layer_of(module)
    if here is None:
        if module not in {"indexer", "indexer.querying"}:
            yield f"{module} has no layer: add it to LAYERS"
        return
    for name in imports(path):
        there = layer_of(name)
        if there and there[1] != here[1] and there[0] >= here[0]:
            yield f"{module} imports {name}"


def test_imports_point_down() -> None:
    assert [wrong for module, path in modules() for wrong in upward(module, path)] == []


def test_outside_libraries_stay_at_home() -> None:
    strays = [
        f"{module} imports {name}"
        for module, path in modules()
        for name in imports(path)
        if (homes := HOMES.get(name.split(".")[0])) is not None and not module.startswith(homes)
    ]
    assert strays == []


def test_engines_do_not_know_each_other() -> None:
    for module, path in modules():
        if module.startswith("indexer.engines."):
            own = ".".join(module.split(".")[:3])
            others = {name for name in imports(path) if name.startswith("indexer.engines.")}
            assert all(name.startswith(own) for name in others), f"{module} imports {others}"


def test_only_bootstrap_names_the_engines() -> None:
    for module, path in modules():
        if not module.startswith("indexer.engines") and module != "indexer.bootstrap":
            assert not any(name.startswith("indexer.engines") for name in imports(path)), module


def test_the_web_application_sees_the_library_through_its_front_door() -> None:
    for module, path in modules():
        if module.startswith("webapp") and module != "webapp.cli":
            for name in imports(path):
                if name.startswith("indexer."):
                    assert any(name == door or name.startswith(f"{door}.") for door in WEB_MAY_IMPORT), (
                        f"{module} imports {name}"
                    )
