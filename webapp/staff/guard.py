"""What stands before every staff page: a session, a bound on what is sent, and a form of our own; and behind it, that
no cache keeps the page and no robot lists it.
"""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from indexer.settings import Settings
from webapp.staff import shared
from webapp.staff.blueprint import blueprint

OPEN = frozenset({"staff.sign_in", "staff.sign_out"})
"""Views for those who are not signed in."""

UPLOAD = "staff.upload"
"""The view that takes files."""

MOST_FORM_BYTES = 1_000_000
"""A form without files."""

_csrf = CSRFProtect()


def init_app(app: Flask, settings: Settings) -> None:  # noqa: ARG001 - as the other parts
    """Have forms checked, by `admit` alone: it first looks who sends them, and how much."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)  # valid as long as the session
    _csrf.init_app(app)


@blueprint.before_request
def admit() -> Response | None:
    """Let nobody in without a session, and read no more of a request than its page needs."""
    if request.endpoint not in OPEN and not current_user.is_authenticated:
        return redirect(url_for("staff.sign_in", next=_wanted()))
    takes_files = request.endpoint == UPLOAD
    request.max_content_length = shared.settings().max_upload_mb * 1_000_000 if takes_files else MOST_FORM_BYTES
    request.max_form_memory_size = MOST_FORM_BYTES
    _csrf.protect()
    return None


@blueprint.after_request
def keep_to_ourselves(response: Response) -> Response:
    """No page of the staff is to be found in a cache or a search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _wanted() -> str:
    """Where to go once signed in: this page, if it is one to be looked at."""
    is_page = request.method == "GET" and request.endpoint != "staff.run_events"
    return request.script_root + request.path if is_page else url_for("staff.overview")
