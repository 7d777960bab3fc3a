"""Errors of the staff pages, in their frame. Nothing that is sent here ends as a 500."""

from __future__ import annotations

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from indexer.errors import IndexUnavailable, KhobaoError
from webapp.language import gettext
from webapp.staff import shared
from webapp.staff.contexts import StaffErrorPage


def init_app(blueprint: Blueprint) -> None:
    """Register the handlers, once."""
    if HTTPException in blueprint.error_handler_spec[None][None]:
        return
    blueprint.register_error_handler(CSRFError, _stale_form)
    blueprint.register_error_handler(RequestEntityTooLarge, _too_large)
    blueprint.register_error_handler(HTTPException, _http_error)
    blueprint.register_error_handler(OSError, _system_refused)
    blueprint.register_error_handler(KhobaoError, _refused)


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    return _answer(
        int(error.code),
        gettext("Trang này để lâu quá"),
        gettext("Phiên làm việc đã đổi nên chưa làm gì cả. Hãy mở lại trang rồi gửi lần nữa."),
    )


def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    limit = str(shared.settings().max_upload_mb)
    return _answer(
        413,
        gettext("Gửi một lần nhiều quá"),
        gettext("Mỗi lần gửi được %(limit)s MB. Hãy chia thành nhiều lần, hoặc tăng max_upload_mb.", limit=limit),
    )


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == 404:
        return _answer(404, gettext("Không có trang này"), gettext("Có thể nó đã hết hạn, hoặc đã được xử lý xong."))
    return _answer(status, gettext("Chưa hiểu yêu cầu"), gettext("Chưa làm gì cả. Hãy bắt đầu lại từ trang Tổng quan."))


def _system_refused(error: OSError) -> ResponseReturnValue:
    """A full disk, a folder that may not be written: nothing of ours, and to be told as it is."""
    current_app.logger.error("Staff pages: %s", error)
    return _answer(
        503,
        gettext("Máy chủ không ghi được"),
        gettext("Hãy xem đĩa còn chỗ không và thư mục có cho ghi không. Hệ thống báo: %(why)s", why=str(error)),
    )


def _refused(error: KhobaoError) -> ResponseReturnValue:
    """What the library says no to: a build that is damaged, an index that is being written, or none at all."""
    text = gettext("Chưa làm gì cả. Hệ thống báo: %(why)s", why=f"{error} {error.next_step}".strip())
    return _answer(503 if isinstance(error, IndexUnavailable) else 409, gettext("Chưa làm được"), text)


def _answer(status: int, title: str, text: str) -> ResponseReturnValue:
    page = StaffErrorPage(status=status, title=title, text=text, back_url=url_for("staff.overview"))
    return shared.render("error.html", page), status
