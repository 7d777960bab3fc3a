"""Who is signed in: one password for the staff, kept as a hash in the settings, and a signed cookie.

The key that signs the cookie is made of the hash. So all processes share it without a file of their own, and a new
password ends every session.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.security import check_password_hash

from indexer.settings import Settings
from webapp.staff import shared

LIFETIME = timedelta(hours=8)
"""A working day: after that a session ends, whatever was done meanwhile."""

LONGEST_PASSWORD = 1000
"""Characters of a password that are looked at."""

_PURPOSE = b"Kho Bao: signs the sessions of the staff pages"


class Staff(UserMixin):  # type: ignore[misc] # Flask-Login has no types
    """Whoever knows the password."""

    id = "staff"


class _Cookies(SecureCookieSessionInterface):
    """The cookie goes to the staff pages alone, and never unencrypted where the page came encrypted."""

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        return f"{request.script_root}/staff"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        # A proxy that speaks TLS says so in this header. Who makes it up gets a cookie that is harder to lose.
        return request.is_secure or request.headers.get("X-Forwarded-Proto", "") == "https"


def init_app(app: Flask, settings: Settings) -> None:
    """Keep sessions in cookies, and know the staff by them."""
    app.secret_key = hmac.digest(settings.staff_password_hash.encode(), _PURPOSE, hashlib.sha256)
    app.session_interface = _Cookies()
    app.config.update(
        SESSION_COOKIE_NAME="staff",
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LIFETIME,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    manager = LoginManager()
    manager.user_loader(lambda user_id: Staff() if user_id == Staff.id else None)
    manager.init_app(app, add_context_processor=False)


def sign_in(password: str) -> bool:
    """Begin a session if the password is right; whether it is."""
    if not check_password_hash(shared.settings().staff_password_hash, password[:LONGEST_PASSWORD]):
        return False
    session.clear()
    session.permanent = True
    login_user(Staff())
    return True


def sign_out() -> None:
    """End the session of this browser."""
    logout_user()
    session.clear()
