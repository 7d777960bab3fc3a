"""The sentences the library can say to staff, as its source has them: a reader of its syntax trees.

A sentence is a tuple of its literal parts, with None for each hole an f-string leaves. Names of texts and calls of
functions that return them are followed; what comes from elsewhere (`error.reason`) was said there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import product
from pathlib import Path

import indexer

ROOT = Path(indexer.__file__).parent

Parts = tuple[str | None, ...]

TOLD_BY = {"Rejected": 1, "Remark": 1, "Complaint": 1, "Decoded": 1}
"""Classes that carry a sentence, and where among their arguments it stands."""

ERRORS = ("KhobaoError", "Unreadable")
"""The roots of all errors of ours; every argument of theirs may be a sentence."""

NEVER_SHOWN = frozenset({"SettingsError", "CannotListen", "WrongWriter"})
"""Errors that end a command before there is a run or a page to tell them."""

WHOLLY_TOLD = frozenset({"OSError", "IsADirectoryError"})
"""Those of Python's errors that the library raises with words of its own."""

FOUND_BY = frozenset({"find_changed_sizes", "find_changed_bytes", "_recount", "_find_strangers"})
"""Functions that yield what is wrong with a build."""

NAMED_BY = frozenset({"_first"})
"""Functions whose text is handed on by its name."""

ENDS = frozenset({"strip", "rstrip"})
"""Methods that leave a sentence what it is."""

DEEPEST = 6
"""Names and calls that are followed, one out of the other."""

_CLASS = re.compile(r"^class (\w+)\((\w+)\)", re.MULTILINE)


def said() -> dict[Parts, str]:
    """Every sentence, and the module it stands in."""
    found: dict[Parts, str] = {}
    tellers = re.compile("|".join((*TOLD_BY, *WHOLLY_TOLD, *FOUND_BY, *NAMED_BY, *errors(), "next_step", "ValueError")))
    for path in sorted(ROOT.rglob("*.py")):
        if tellers.search(_source(path)):
            for parts in _module(path).sentences():
                if any(part and any(map(str.isalpha, part)) for part in parts):
                    found.setdefault(parts, _module(path).name)
    return found


@cache
def errors() -> frozenset[str]:
    """The names of our errors that may be shown, as the classes of all modules derive from each other."""
    classes = [pair for path in ROOT.rglob("*.py") for pair in _CLASS.findall(_source(path))]
    names: set[str] = set()
    found = {*ERRORS}
    while found - names:
        names |= found
        found = {name for name, base in classes if base in names}
    return frozenset(names - NEVER_SHOWN)


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def _module(path: Path) -> _Module:
    name = ".".join(("indexer", *path.relative_to(ROOT).with_suffix("").parts))
    return _Module(name, ast.parse(_source(path)))


class _Module:
    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name, self.tree = name, tree

    def sentences(self) -> Iterator[Parts]:
        for node, inside in _walk(self.tree):
            for expression in self._told(node, inside):
                yield from self.texts(expression, inside)

    def _told(self, node: ast.AST, inside: tuple[ast.AST, ...]) -> Iterator[ast.expr]:
        """The expressions at a node that are said to somebody."""
        match node:
            case ast.Call():
                yield from self._arguments(node, inside)
            case ast.Assign(targets=[ast.Attribute(attr="next_step")]):
                yield node.value
            case ast.Yield(value=ast.expr() as value) if _function(inside) in FOUND_BY:
                yield value
            case ast.Return(value=ast.expr() as value) if _function(inside) in NAMED_BY:
                yield value

    def _arguments(self, call: ast.Call, inside: tuple[ast.AST, ...]) -> Iterator[ast.expr]:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in TOLD_BY:
            yield from call.args[TOLD_BY[name] :][:1]
        elif name in errors() | WHOLLY_TOLD or self._is_refusal(name) or _is_parent_of_error(call, inside):
            yield from call.args

    def _is_refusal(self, name: str) -> bool:
        """A correction's mistakes are the ends of sentences, until they are told of an article."""
        return name in {"ValueError", "NotEditable"} and self.name.startswith("indexer.clinic.")

    def texts(self, node: ast.expr, inside: tuple[ast.AST, ...], depth: int = 0) -> Iterator[Parts]:
        """The alternatives of an expression; what cannot be followed is one hole."""
        match node:
            case ast.Constant(value=str(text)):
                yield (text,)
            case ast.JoinedStr(values=values):
                yield from self._joined(values, inside, depth)
            case ast.FormattedValue(conversion=conversion) if conversion == ord("r"):
                yield ("'", None, "'")
            case ast.FormattedValue(value=value):
                yield from self.texts(value, inside, depth)
            case ast.BinOp(op=ast.Add(), left=ast.Constant(value=str()) | ast.JoinedStr()) as sum_:
                yield from self._joined([sum_.left, sum_.right], inside, depth)
            case ast.IfExp(body=body, orelse=other):
                yield from self.texts(body, inside, depth)
                yield from self.texts(other, inside, depth)
            case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in ENDS:
                yield from self.texts(value, inside, depth)
            case _:
                yield from self._followed(node, inside, depth)

    def _joined(self, values: list[ast.expr], inside: tuple[ast.AST, ...], depth: int) -> Iterator[Parts]:
        for choice in product(*([*self.texts(value, inside, depth)] for value in values)):
            yield _merged(part for parts in choice for part in parts)

    def _followed(self, node: ast.expr, inside: tuple[ast.AST, ...], depth: int) -> Iterator[Parts]:
        """What a name stands for, or a function returns; a hole where neither is known to be text."""
        if depth == DEEPEST:
            values: list[tuple[ast.expr, tuple[ast.AST, ...]]] = []
        elif isinstance(node, ast.Name):
            values = [*self._assigned(node.id, inside)]
        elif isinstance(node, ast.Call):
            values = [*self._returned(node.func)]
        else:
            values = []
        found = [parts for value, within in values for parts in self.texts(value, within, depth + 1)]
        yield from found or [(None,)]

    def _assigned(self, name: str, inside: tuple[ast.AST, ...]) -> Iterator[tuple[ast.expr, tuple[ast.AST, ...]]]:
        functions = [each for each in inside if isinstance(each, ast.FunctionDef)]
        for scope in (*functions[-1:], self.tree):
            nodes = ast.walk(scope) if scope is not self.tree else iter(self.tree.body)
            values = [each.value for each in nodes if isinstance(each, ast.Assign) and _is_name(each.targets, name)]
            yield from ((value, (scope,)) for value in values)
            if values or any(name == each.arg for function in functions for each in function.args.args):
                return
        if imported := self._imports.get(name):
            yield from imported._assigned(name, ())

    def _returned(self, called: ast.expr) -> Iterator[tuple[ast.expr, tuple[ast.AST, ...]]]:
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        module = self._imports.get(name, self)
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef) and function.name == name and _ends_with(function.returns, "str"):
                for node in ast.walk(function):
                    if isinstance(node, ast.Return) and node.value and module is self:
                        yield node.value, (function,)
                    elif isinstance(node, ast.Return) and node.value:
                        yield from ((_as_expression(parts), ()) for parts in module.texts(node.value, (function,)))

    @cached_property
    def _imports(self) -> dict[str, _Module]:
        """The names that come from other modules of ours."""
        found = {}
        for node in self.tree.body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("indexer."):
                path = ROOT.joinpath(*node.module.split(".")[1:]).with_suffix(".py")
                if path.is_file():
                    found |= {alias.name: _module(path) for alias in node.names}
        return found


def _walk(tree: ast.Module) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """Every node, with the classes and functions around it."""
    rest: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
    while rest:
        node, inside = rest.pop()
        yield node, inside
        within = (*inside, node) if isinstance(node, ast.ClassDef | ast.FunctionDef) else inside
        rest += [(child, within) for child in ast.iter_child_nodes(node)]


def _function(inside: tuple[ast.AST, ...]) -> str:
    """The name of the innermost function."""
    return next((each.name for each in reversed(inside) if isinstance(each, ast.FunctionDef)), "")


def _is_parent_of_error(call: ast.Call, inside: tuple[ast.AST, ...]) -> bool:
    """Whether this is `super().__init__(...)` of one of our errors."""
    classes = [each.name for each in inside if isinstance(each, ast.ClassDef)]
    return isinstance(call.func, ast.Attribute) and call.func.attr == "__init__" and bool(errors() & {*classes})


def _is_name(targets: list[ast.expr], name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _ends_with(node: ast.AST | None, name: str) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == name


def _merged(parts: Iterator[str | None]) -> Parts:
    """Neighbouring literals as one."""
    merged: list[str | None] = []
    for part in parts:
        if part is not None and merged and merged[-1] is not None:
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return tuple(merged)


def _as_expression(parts: Parts) -> ast.expr:
    values: list[ast.expr] = [ast.Constant(part) if part is not None else ast.Constant(None) for part in parts]
    return ast.JoinedStr(values)
