"""The staff pages, `/staff`: put together here, and only where a password is set; without one there are none.

Nothing in this package is imported before: the extensions it stands on would make every start slower.
"""

from __future__ import annotations

from flask import Flask

from indexer.settings import Settings
from webapp.staff import (
    builds,
    errors,
    fixes,
    guard,
    overview,
    problems,
    runs,
    searches,
    sessions,
    shared,
    sign_in,
    throttle,
    uploads,
)
from webapp.staff.blueprint import blueprint

__all__ = ["init_app"]

VIEWS = (sign_in, overview, runs, uploads, problems, fixes, searches, builds)
"""The modules whose views make the pages: importing them registers the views."""


def init_app(app: Flask, settings: Settings) -> None:
    """Add the staff pages to an application. `settings.staff_password_hash` must be set."""
    shared.install(app.extensions, settings)
    for part in (sessions, guard, throttle):
        part.init_app(app, settings)
    errors.init_app(blueprint)
    app.register_blueprint(blueprint)
