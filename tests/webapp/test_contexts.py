"""Templates and the values they are given fit each other."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
from pathlib import Path

from webapp import contexts

TEMPLATES = Path(contexts.__file__).parent / "templates"
CLASSES = [value for value in vars(contexts).values() if dataclasses.is_dataclass(value)]


def test_every_field_is_used_by_a_template() -> None:
    used = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    names = {field.name for one in CLASSES for field in dataclasses.fields(one)}
    assert {name for name in names if f".{name}" not in used} == set()


def test_every_field_is_documented() -> None:
    classes = [one for one in ast.parse(inspect.getsource(contexts)).body if isinstance(one, ast.ClassDef)]
    undocumented = [
        f"{one.name}.{ast.unparse(statement)}"
        for one in classes
        for statement, following in itertools.pairwise([*one.body, None])
        if isinstance(statement, ast.AnnAssign) and not isinstance(following, ast.Expr)
    ]
    assert classes
    assert undocumented == []
