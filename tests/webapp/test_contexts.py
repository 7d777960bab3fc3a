"""Templates and the values they are given fit each other."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
from pathlib import Path
from types import ModuleType

import pytest

from webapp import contexts, contexts_article
from webapp.staff import contexts as staff_contexts

TEMPLATES = Path(contexts.__file__).parent / "templates"
BOTH = pytest.mark.parametrize(
    ("module", "templates"), [(contexts, ""), (contexts_article, ""), (staff_contexts, "staff/")]
)


@BOTH
def test_every_field_is_used_by_a_template(module: ModuleType, templates: str) -> None:
    used = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob(f"{templates}*.html"))
    classes = [value for value in vars(module).values() if dataclasses.is_dataclass(value)]
    names = {field.name for one in classes for field in dataclasses.fields(one)}
    assert {name for name in names if f".{name}" not in used} == set()


@BOTH
def test_every_field_is_documented(module: ModuleType, templates: str) -> None:  # noqa: ARG001 - BOTH gives both
    classes = [one for one in ast.parse(inspect.getsource(module)).body if isinstance(one, ast.ClassDef)]
    undocumented = [
        f"{one.name}.{ast.unparse(statement)}"
        for one in classes
        for statement, following in itertools.pairwise([*one.body, None])
        if isinstance(statement, ast.AnnAssign) and not isinstance(following, ast.Expr)
    ]
    assert classes
    assert undocumented == []
