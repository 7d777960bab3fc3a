"""A throttle on guessing the password: so many wrong ones from an address, then a pause."""

from __future__ import annotations

import time

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response

from indexer.settings import Settings

WRONG_PASSWORDS = "5 per minute; 30 per hour"
"""For each address. Behind a proxy that `trusted_proxies` does not tell of, all come from one, and share it."""

WRONG_STATUS = 403
"""The answer to a wrong password; only those count."""

# Each process counts by itself, in memory: N workers let through up to N times as many. That is still slow for who
# guesses, and needs no store that all would have to share.
limiter = Limiter(get_remote_address, storage_uri="memory://")


def init_app(app: Flask, settings: Settings) -> None:  # noqa: ARG001 - as the other parts
    """Count."""
    limiter.init_app(app)


def is_wrong(response: Response) -> bool:
    """Whether an answer counts."""
    return response.status_code == WRONG_STATUS


def pause_seconds() -> int:
    """How long who was refused has to wait."""
    limit = limiter.current_limit
    return max(1, int(limit.reset_at - time.time())) if limit else 60
