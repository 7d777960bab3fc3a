"""Results to be taken along: as a table, as lines of JSON, as one page that searches itself, as a feed.

It is put together here.
"""

from __future__ import annotations

from flask import Flask

from webapp.exports import feeds, views

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Add the files and the feed to an application."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(feeds.blueprint)
