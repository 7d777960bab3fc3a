"""Errors of the staff pages, in their frame. Nothing that is sent here ends as a 500."""

from __future__ import annotations

from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from indexer.durable import REFUSALS
from indexer.errors import IndexUnavailable, KhobaoError
from webapp.language import gettext, language
from webapp.staff import shared
from webapp.staff.contexts import StaffErrorPage
from webapp.staff.guard import MOST_FORM_BYTES, UPLOAD
from webapp.staff.speech import Speech, of_error, ours


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
    """Looked at before anything is done. Somebody signed in anew elsewhere, or left the page open over night."""
    return _answer(
        int(error.code),
        gettext("Trang này đã cũ"),
        ours(gettext("Phiên làm việc đã đổi từ lúc mở trang nên chưa làm gì cả. Hãy mở lại trang rồi gửi lần nữa.")),
    )


def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Each page has a limit of its own; what is sent is not read any further."""
    if request.endpoint == UPLOAD:
        limit = str(shared.settings().max_upload_mb)
        said = gettext("Mỗi lần gửi được %(limit)s MB. Hãy chia thành nhiều lần, hoặc tăng max_upload_mb.", limit=limit)
    else:
        limit = str(MOST_FORM_BYTES // 1000)
        said = gettext("Trang này nhận được %(limit)s KB chữ. Chưa làm gì cả; hãy viết ngắn lại.", limit=limit)
    return _answer(413, gettext("Gửi một lần nhiều quá"), ours(said))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == 404:
        said = gettext("Có thể nó đã hết hạn, hoặc đã được xử lý xong.")
        return _answer(404, gettext("Không có trang này"), ours(said))
    if status == 503:
        return _answer(503, gettext("Máy chủ đang bận"), ours(gettext("Hãy đợi một lát rồi mở lại trang.")))
    said = gettext("Chưa làm gì cả. Hãy bắt đầu lại từ trang Tổng quan.")
    return _answer(status, gettext("Chưa hiểu yêu cầu"), ours(said))


def _system_refused(error: OSError) -> ResponseReturnValue:
    """A full disk, a folder that may not be written: nothing of ours, and to be told as it is."""
    current_app.logger.error("Staff pages: %s", error)
    advice = gettext("Hãy xem đĩa còn chỗ không và thư mục có cho ghi không.") if error.errno in REFUSALS else ""
    return _answer(503, gettext("Máy chủ không đọc hoặc không ghi được"), of_error(error, language()) + ours(advice))


def _refused(error: KhobaoError) -> ResponseReturnValue:
    """What the library says no to: a build that is damaged, an index that is being written, or none at all.

    It says itself where nothing was changed.
    """
    status = 503 if isinstance(error, IndexUnavailable) else 409
    return _answer(status, gettext("Chưa làm được"), of_error(error, language()))


def _answer(status: int, title: str, text: Speech) -> ResponseReturnValue:
    page = StaffErrorPage(status=status, title=title, text=text, back_url=url_for("staff.overview"))
    return shared.render("error.html", page), status
