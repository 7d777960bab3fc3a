"""The application: its parts put together, and what Flask is told."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.bootstrap import live_archive, read_period
from indexer.reader_reports import ReaderReports
from indexer.settings import Settings, load_settings
from webapp import (
    api,
    completions,
    compression,
    errors,
    exports,
    freshness,
    headers,
    language,
    layout,
    opensearch,
    pages,
    permalinks,
    rate_limit,
    reporting,
    request_log,
    robots,
    site,
    sitemap,
)
from webapp.params import Limits
from webapp.site import Archive, CountSearch, Site, count_nothing


def create_app(
    settings: Settings | None = None,
    archives: Callable[[], Archive] | None = None,
    count_search: CountSearch = count_nothing,
) -> Flask:
    """The application, ready for a WSGI server.

    Args:
        settings: the settings in force; read from file and environment if left out.
        archives: gives the archive that is live now; the index of the settings if left out.
        count_search: is told what readers search for.
    """
    settings = settings or load_settings()
    app = Flask("webapp")
    _configure(app)
    _believe(app, settings.trusted_proxies)
    site.install(
        app.extensions,
        Site(
            archives or live_archive(settings),
            _limits(settings),
            read_period,
            count_search,
            settings.newspaper,
            ReaderReports(settings.index_dir) if settings.reader_reports else None,
        ),
    )
    compression.init_app(app)
    request_log.init_app(app, behind_proxy=settings.trusted_proxies > 0, log_requests=settings.log_requests)
    for part in (language, layout, headers, errors):
        part.init_app(app)
    freshness.init_app(app, settings)
    rate_limit.init_app(app, settings.requests_per_minute)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(permalinks.blueprint)
    app.register_blueprint(completions.blueprint)
    app.register_blueprint(robots.blueprint)
    app.register_blueprint(sitemap.blueprint)
    app.register_blueprint(opensearch.blueprint)
    exports.init_app(app)
    api.init_app(app, settings)
    if settings.reader_reports:
        app.register_blueprint(reporting.blueprint)
    if settings.staff_password_hash:
        from webapp import staff  # noqa: PLC0415 - most servers have no staff pages, and start faster without

        staff.init_app(app, settings)
    return app


def _configure(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 24 * 60 * 60
    app.jinja_env.undefined = StrictUndefined  # a name a template misspells is an error, not ""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # Flask's default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False  # an article id may hold any path
    app.url_map.strict_slashes = False  # /tro-giup/ is /tro-giup


def _believe(app: Flask, proxies: int) -> None:
    """Take the reader's address and https from the headers of so many proxies; from nobody else."""
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]


def _limits(settings: Settings) -> Limits:
    return Limits(settings.max_query_chars, settings.page_size, settings.max_page_size, settings.max_export)
