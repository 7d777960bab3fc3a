"""Every error leaves through here: as a page, or under /api as one JSON shape (problem details).

IndexUnavailable -> 503 with what the staff should run; everything unforeseen -> 500, logged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Flask, current_app, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from indexer.errors import ClusterAway, ClusterRefused, IndexMissing, IndexUnavailable
from webapp import problem_details, request_log
from webapp.contexts import ErrorPage, SearchForm
from webapp.language import gettext
from webapp.problem_details import Refused
from webapp.rate_limit import Waiting

RETRY_AFTER_SECONDS = "30"

FOR_PROGRAMS = "/api/"
"""Addresses whose errors are problem details."""

NO_INDEX = "no-index"
"""The kind of problem."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in the reader's language; `request_id` where those who run the server should be told of it."""

    title: str
    text: str
    command: str = ""
    request_id: str = ""


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Waiting, _http_error)  # on staff pages, too
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IndexUnavailable, _index_unavailable)
    app.register_error_handler(Exception, _unforeseen)


def _http_error(error: HTTPException) -> Response:
    """Keeps what the error itself says in its headers, such as Allow or Location."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if request.path.startswith(FOR_PROGRAMS):
        response = _problem(status, error)
    else:
        response = _page(status, _explain(status, error))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _index_unavailable(error: IndexUnavailable) -> Response:
    current_app.logger.error("%s %s", error, error.next_step)
    explanation = _explain_unavailable(error)
    text = f"{explanation.text} {explanation.command}".strip()
    response = _answer(503, explanation, text, NO_INDEX)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _explain_unavailable(error: IndexUnavailable) -> Explanation:
    title = gettext("Kho chưa mở được")
    if isinstance(error, ClusterAway | ClusterRefused):
        return Explanation(title, gettext("Máy giữ chỉ mục tạm thời không trả lời. Xin thử lại sau ít phút."))
    if isinstance(error, IndexMissing):
        text = gettext("Chưa có chỉ mục để tìm. Người quản kho cần chạy lệnh này, rồi tải lại trang:")
        return Explanation(title, text, "khobao index")
    text = gettext("Chỉ mục đang có không đọc được. Người quản kho cần chạy lệnh này, rồi tải lại trang:")
    return Explanation(title, text, "khobao index --rebuild")


def _unforeseen(error: Exception) -> Response:
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    explanation = replace(_explain(500), request_id=request_log.current())
    return _answer(500, explanation, explanation.text)


def _answer(status: int, explanation: Explanation, detail: str, kind: str = "") -> Response:
    if not request.path.startswith(FOR_PROGRAMS):
        return _page(status, explanation)
    return problem_details.respond(status, explanation.title, detail, kind, request_id=explanation.request_id)


def _problem(status: int, error: HTTPException) -> Response:
    explanation = _explain(status)
    if isinstance(error, Refused):
        return problem_details.respond(status, explanation.title, _detail(error), error.kind, error.errors)
    return problem_details.respond(status, explanation.title, f"{explanation.text} {_detail(error)}".rstrip())


def _page(status: int, explanation: Explanation) -> Response:
    page = ErrorPage(
        form=SearchForm(),
        status=status,
        title=explanation.title,
        text=explanation.text,
        command=explanation.command,
        request_id=explanation.request_id,
    )
    response = current_app.make_response(render_template("error.html", page=page))
    response.status_code = status
    return response


def _detail(error: HTTPException) -> str:
    """What a view said when it gave up; Werkzeug's own English sentences are not for readers."""
    own = error.description != type(error).description
    return str(error.description or "") if own else ""


def _explain(status: int, error: HTTPException | None = None) -> Explanation:
    if status == 429 or (status == 503 and isinstance(error, Refused)):
        return Explanation(gettext("Xin chờ một chút"), _detail(error) if error else "")
    known = {
        400: (
            gettext("Chưa hiểu yêu cầu"),
            gettext("Có phần trong địa chỉ không đọc được. Hãy thử tìm lại từ đầu."),
        ),
        404: (
            gettext("Không có trang này"),
            gettext("Địa chỉ có thể đã gõ thiếu, hoặc bài không còn trong kho."),
        ),
        405: (
            gettext("Trang này không nhận yêu cầu kiểu đó"),
            gettext("Trang chỉ để đọc. Hãy mở lại bằng địa chỉ thường."),
        ),
    }
    if status in known:
        return Explanation(*known[status])
    if status < 500:
        return Explanation(*known[400])
    return Explanation(
        gettext("Có trục trặc ở phía kho"),
        gettext("Lỗi đã được ghi lại để sửa. Xin thử lại sau ít phút."),
    )
