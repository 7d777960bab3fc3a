"""Every error leaves through here: as a page, or under /api as one JSON shape (problem details).

IndexUnavailable -> 503 with what the staff should run; everything unforeseen -> 500, logged.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, jsonify, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from indexer.errors import IndexMissing, IndexUnavailable
from webapp.contexts import ErrorPage, SearchForm
from webapp.language import gettext

RETRY_AFTER_SECONDS = "30"


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error in the reader's language."""

    title: str
    text: str
    command: str = ""


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IndexUnavailable, _index_unavailable)
    app.register_error_handler(Exception, _unforeseen)


def _http_error(error: HTTPException) -> Response:
    """Keeps what the error itself says in its headers, such as Allow or Location."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    response = _answer(status, _explain(status), _detail(error))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _index_unavailable(error: IndexUnavailable) -> Response:
    current_app.logger.error("%s %s", error, error.next_step)
    missing = isinstance(error, IndexMissing)
    explanation = Explanation(
        gettext("Kho chưa mở được"),
        gettext("Chưa có chỉ mục để tìm. Người quản kho cần chạy lệnh này, rồi tải lại trang:")
        if missing
        else gettext("Chỉ mục đang có không đọc được. Người quản kho cần chạy lệnh này, rồi tải lại trang:"),
        "khobao index" if missing else "khobao index --rebuild",
    )
    response = _answer(503, explanation)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _unforeseen(error: Exception) -> Response:
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return _answer(500, _explain(500))


def _answer(status: int, explanation: Explanation, detail: str = "") -> Response:
    if request.path.startswith("/api/"):
        return _problem_details(status, explanation, detail)
    page = ErrorPage(
        form=SearchForm(),
        status=status,
        title=explanation.title,
        text=explanation.text,
        command=explanation.command,
    )
    response = current_app.make_response(render_template("error.html", page=page))
    response.status_code = status
    return response


def _problem_details(status: int, explanation: Explanation, detail: str) -> Response:
    text = " ".join(filter(None, (explanation.text, explanation.command, detail)))
    response = jsonify(type="about:blank", title=explanation.title, status=status, detail=text)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _detail(error: HTTPException) -> str:
    """What a view said when it gave up; Werkzeug's own English sentences are not for readers."""
    own = error.description != type(error).description
    return str(error.description or "") if own else ""


def _explain(status: int) -> Explanation:
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
