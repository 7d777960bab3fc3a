"""Signing in and out."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded

from webapp.language import gettext
from webapp.links import local_path
from webapp.staff import sessions
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import SignInPage
from webapp.staff.shared import render
from webapp.staff.throttle import WRONG_PASSWORDS, WRONG_STATUS, is_wrong, limiter, pause_seconds


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@limiter.limit(WRONG_PASSWORDS, methods=["POST"], deduct_when=is_wrong)
def sign_in() -> ResponseReturnValue:
    """Ask for the password; the right one leads to the page that was wanted."""
    if request.method == "POST":
        if sessions.sign_in(request.form.get("password", "")):
            return redirect(_wanted())
        return _ask_again(gettext("Mật khẩu chưa đúng. Hãy thử lại.")), WRONG_STATUS
    return _ask_again()


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    sessions.sign_out()
    return redirect(url_for("staff.sign_in"))


@blueprint.errorhandler(RateLimitExceeded)
def _too_often(_error: RateLimitExceeded) -> ResponseReturnValue:
    seconds = pause_seconds()
    minutes = str(-(-seconds // 60))
    said = gettext("Mật khẩu sai nhiều lần quá. Hãy chờ %(minutes)s phút rồi thử lại.", minutes=minutes)
    return _ask_again(said), 429, {"Retry-After": str(seconds)}


def _ask_again(error: str = "") -> str:
    return render("sign_in.html", SignInPage(next=_wanted(), error=error))


def _wanted() -> str:
    """A page of the staff's, whatever the address or the form says."""
    home = url_for("staff.overview")
    wanted = local_path(request.values.get("next", "")) or home
    return wanted if wanted == home or wanted.startswith((f"{home}/", f"{home}?")) else home
