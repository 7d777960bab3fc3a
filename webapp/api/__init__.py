"""The JSON API for programs: a table of its operations, and what follows from it: views, document and the page to try.

It is put together here.
"""

from __future__ import annotations

from flask import Flask

from indexer.settings import Settings
from webapp.api import sharing, tryout, views
from webapp.api.blueprint import blueprint

__all__ = ["init_app"]

VIEWS = (views, tryout)
"""The modules with views: importing them registers the views."""


def init_app(app: Flask, settings: Settings) -> None:
    """Add the API to an application."""
    sharing.init_app(app, settings.api_cors_origins)
    app.register_blueprint(blueprint)
