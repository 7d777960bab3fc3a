"""What the staff pages share: the settings, the log of the runs, and how a page of theirs is rendered."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from indexer.errors import IndexUnavailable
from indexer.runs import RunLog
from indexer.settings import Settings
from webapp import site
from webapp.language import gettext
from webapp.layout import versioned
from webapp.staff.contexts import NavLink, StaffLayout

_KEY = "khobao-staff"


@dataclass(frozen=True)
class Desk:
    """What there is one of in each process.

    `streams` are the places for those who look on while a run goes on: each holds a thread, and readers need some too.
    """

    settings: Settings
    streams: threading.BoundedSemaphore


def install(extensions: dict[str, object], settings: Settings) -> None:
    """Keep what is shared where `desk` finds it."""
    extensions[_KEY] = Desk(settings, threading.BoundedSemaphore(settings.threads // 2))


def desk() -> Desk:
    """What the pages of the running application share."""
    found = current_app.extensions[_KEY]
    assert isinstance(found, Desk)  # noqa: S101 - narrows the type; install() put it there
    return found


def settings() -> Settings:
    """The settings of the running application."""
    return desk().settings


def run_log() -> RunLog:
    """The record of the runs."""
    return RunLog(settings().index_dir)


def uploads_folder() -> Path:
    """Where articles go that are taken in here, in full: runs compare paths as text."""
    return Path(os.path.abspath(settings().uploads_dir))


def wait_until_live(build: str, at_most: timedelta) -> None:
    """Give the archive of this process a moment to take up a build: the page that comes next leads to its articles."""
    end = time.monotonic() + at_most.total_seconds()
    while time.monotonic() < end:
        try:
            if site.archive().build == build:
                return
        except IndexUnavailable:
            return
        time.sleep(0.05)


def render(template: str, page: Any) -> str:
    """A staff page in its frame."""
    return render_template(f"staff/{template}", page=page, staff=_layout())


def _layout() -> StaffLayout:
    is_signed_in = bool(current_user.is_authenticated)
    return StaffLayout(
        is_signed_in=is_signed_in,
        links=tuple(_links()) if is_signed_in else (),
        sign_out_url=url_for("staff.sign_out"),
        csrf_token=generate_csrf(),
        style_url=versioned("staff.css"),
        script_url=versioned("staff.js"),
    )


def _links() -> list[NavLink]:
    pages = (
        ("staff.overview", gettext("Tổng quan")),
        ("staff.upload", gettext("Nhận bài mới")),
        ("staff.problems", gettext("Cần sửa")),
        ("staff.searches", gettext("Bạn đọc tìm gì")),
        ("staff.builds", gettext("Các bản")),
    )
    return [NavLink(label, url := url_for(view), url == request.script_root + request.path) for view, label in pages]
