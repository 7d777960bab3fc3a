"""The page that explains the API: a form for each operation, made from their table, that leads to the answer itself."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp import freshness, rate_limit, site
from webapp.api import asked
from webapp.api.blueprint import blueprint
from webapp.api.contexts import ApiPage, Field, OperationForm, ProblemKind
from webapp.api.document import openapi_path
from webapp.api.operations import OPERATIONS, Operation, Parameter
from webapp.contexts import SearchForm
from webapp.errors import NO_INDEX
from webapp.language import gettext
from webapp.params import Limits, clean

CHOSEN = "operation"
"""The field that says which form was sent; no operation has a parameter of that name."""


@blueprint.get("/api")
def explain() -> ResponseReturnValue:
    """The page; a form that was sent leads on to the address that it makes."""
    chosen = next((each for each in OPERATIONS if each.name == request.args.get(CHOSEN)), None)
    limits = site.current_site().limits
    if chosen:
        return redirect(request.script_root + address(chosen, request.args, limits), 303)
    freshness.check("")
    return render_template("api.html", page=_page(limits))


def address(operation: Operation, args: MultiDict[str, str], limits: Limits) -> str:
    """The address that asks for it with these arguments; fields left empty are left out."""
    path, query = openapi_path(operation.rule), []
    for parameter in operation.parameters(limits):
        values = [value for text in args.getlist(parameter.name) if (value := clean(text))]
        if parameter.is_in_path:
            path = path.replace(f"{{{parameter.name}}}", quote("".join(values[:1]), safe="/"))
        else:
            query += [(parameter.name, value) for value in values]
    return f"{path}?{urlencode(query, errors='replace')}" if query else path


def _page(limits: Limits) -> ApiPage:
    return ApiPage(
        form=SearchForm(),
        try_url=url_for("api.explain"),
        document_url=url_for("api.openapi"),
        operations=tuple(_operation(each, limits) for each in OPERATIONS),
        problems=_problems(),
    )


def _operation(operation: Operation, limits: Limits) -> OperationForm:
    fields = tuple(_field(operation, parameter) for parameter in operation.parameters(limits))
    return OperationForm(
        name=operation.name,
        summary=gettext(operation.summary),
        path=openapi_path(operation.rule),
        shown=fields[:1],
        folded=fields[1:],
    )


def _field(operation: Operation, parameter: Parameter) -> Field:
    return Field(
        id=f"{operation.name}-{parameter.name}",
        name=parameter.name,
        about=asked.about(parameter),
        choices=tuple(parameter.schema.get("enum", ())),
        largest=parameter.schema.get("maximum", 0),
        example=parameter.example,
        required=parameter.is_in_path,
    )


def _problems() -> tuple[ProblemKind, ...]:
    return (
        ProblemKind(
            asked.BAD_PARAMETERS,
            400,
            gettext("Có tham số không dùng được; errors nêu từng tham số và lý do. Sửa rồi gửi lại."),
        ),
        ProblemKind(
            asked.STALE_CURSOR,
            409,
            gettext("Con trỏ thuộc về một danh sách không còn nữa. Bắt đầu lại từ trang đầu, không gửi cursor."),
        ),
        ProblemKind(
            rate_limit.TOO_MANY,
            429,
            gettext("Hỏi nhiều quá. Chờ số giây ghi ở Retry-After rồi hỏi tiếp, thưa hơn."),
        ),
        ProblemKind(NO_INDEX, 503, gettext("Kho chưa có chỉ mục để tìm, hoặc chỉ mục hỏng. Thử lại sau.")),
    )
