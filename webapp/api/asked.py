"""From the arguments of an API request to what they ask for; whatever cannot be used is refused, with every reason.

Readers' pages leave out what they cannot read and say so. A program would not read that: it gets a 400.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import request
from werkzeug.datastructures import MultiDict

from webapp import formats, site
from webapp.api import cursors
from webapp.api.operations import Operation, Parameter
from webapp.language import gettext, language
from webapp.links import on_page
from webapp.params import MAX_DATE_CHARS, Limits, Reading, clean
from webapp.problem_details import ParameterError, Refused

BAD_PARAMETERS, STALE_CURSOR = "bad-parameters", "stale-cursor"
"""Kinds of problems."""

REFUSED = frozenset({"unreadable", "too_many", "too_large"})
"""Problems of `params` that are too much for a program; the others are told with the answer."""

MAY_BE_EMPTY = frozenset({"q"})

MOST_ERRORS = 20
"""Parameters whose errors are told: an address can hold thousands."""


def check(operation: Operation) -> None:
    """Refuse arguments that the operation does not have. Raises Refused."""
    limits = site.current_site().limits
    _refuse(operation, [*_misused(request.args, operation, limits)], limits)


def search(operation: Operation) -> Reading:
    """The search that is asked for, without its cursor. Raises Refused."""
    limits = site.current_site().limits
    reading = site.reading()
    wrong = [*_misused(request.args, operation, limits)]
    named = {name for name, _, _ in wrong}
    wrong += [
        (problem.parameter, problem.code, problem.value)
        for problem in reading.problems
        if problem.code in REFUSED and problem.parameter not in named
    ]
    cursor = request.args.get("cursor", "")
    if cursor and not cursors.SHAPE.fullmatch(cursor):
        wrong.append(("cursor", "unreadable", cursor))
    _refuse(operation, wrong, limits)
    told = tuple(problem for problem in reading.problems if problem.code not in REFUSED)
    return replace(reading, problems=told)


def at_cursor(reading: Reading, question: str, edition: str) -> Reading:
    """The search at the page that the cursor leads to, if there is one. Raises Refused."""
    cursor = request.args.get("cursor", "")
    if not cursor:
        return reading
    page = cursors.read(cursor, question, edition)
    if page is None:
        detail = gettext(
            "Con trỏ này thuộc về một danh sách khác: câu hỏi đã đổi, hoặc kho vừa được cập nhật. "
            "Hãy bắt đầu lại từ trang đầu, không gửi cursor."
        )
        raise Refused(409, STALE_CURSOR, detail)
    if "page" in request.args:
        error = ParameterError("page", "not_with_cursor", gettext("Đã có cursor thì không gửi page."))
        raise Refused(400, BAD_PARAMETERS, error.detail, (error,))
    return replace(reading, request=on_page(reading.request, page))


def about(parameter: Parameter) -> str:
    """What a parameter means, in the language of the request, with its limit filled in."""
    limit = parameter.schema.get("maximum") or parameter.schema.get("x-read-chars")
    return gettext(parameter.about, limit=formats.number(limit, language())) if limit else gettext(parameter.about)


Wrong = tuple[str, str, str]
"""A parameter, a code of `shapes.ParameterError`, and what was sent."""


def _misused(args: MultiDict[str, str], operation: Operation, limits: Limits) -> Iterator[Wrong]:
    known = {one.name: one for one in operation.parameters(limits) if not one.is_in_path}
    for name, values in args.lists():
        parameter = known.get(name)
        if parameter is None:
            yield name, "unknown", ""
        elif len(values) > 1 and not parameter.is_repeatable:
            yield name, "repeated", ""
        elif name not in MAY_BE_EMPTY and not all(map(clean, values)):
            yield name, "empty", ""


def _refuse(operation: Operation, wrong: list[Wrong], limits: Limits) -> None:
    if wrong:
        known = {one.name: one for one in operation.parameters(limits) if not one.is_in_path}
        errors = [
            ParameterError(_short(name), code, _detail(name, code, value, known))
            for name, code, value in wrong[:MOST_ERRORS]
        ]
        raise Refused(400, BAD_PARAMETERS, " ".join(error.detail for error in errors), errors)


def _detail(name: str, code: str, value: str, known: dict[str, Parameter]) -> str:
    name, meaning = _short(name), about(known[name]) if name in known else ""
    said: dict[str, str] = {
        "unknown": gettext("Không có tham số “%(name)s”; có: %(known)s.", name=name, known=", ".join(known) or "–"),
        "repeated": gettext("Chỉ gửi “%(name)s” một lần.", name=name),
        "empty": gettext("“%(name)s” trống: hãy bỏ đi hoặc cho một giá trị. %(about)s", name=name, about=meaning),
        "too_many": gettext("Quá nhiều “%(name)s”: nhiều nhất %(limit)s.", name=name, limit=value),
        "too_large": gettext("“%(name)s” lớn quá. %(about)s", name=name, about=meaning),
    }
    unreadable = gettext("Không đọc được %(name)s=%(value)s. %(about)s", name=name, value=value, about=meaning)
    return said.get(code, unreadable)


def _short(text: str) -> str:
    """What may be shown of something that was sent."""
    text = clean(text)
    return text if len(text) <= MAX_DATE_CHARS else text[:MAX_DATE_CHARS] + "…"
