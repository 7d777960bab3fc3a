"""The blueprint that every module with a view of the API registers it at."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("api", __name__)
