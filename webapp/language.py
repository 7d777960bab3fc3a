"""The two languages of the pages. The only module that touches Flask-Babel, which has no types."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import cast

from flask import Flask, request
from flask_babel import Babel, force_locale, get_locale  # type: ignore[import-untyped]
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext

LANGUAGES = ("vi", "en")
"""Vietnamese first: it is also the language of the message ids."""


def init_app(app: Flask) -> None:
    """Translate the pages of `app`."""
    Babel(app, default_locale=LANGUAGES[0], locale_selector=_chosen)


def language() -> str:
    """The language of the running request: `vi` or `en`."""
    return str(get_locale())


def N_(message: str) -> str:  # noqa: N802 - what gettext's tools know
    """Marks a sentence of a table to be translated, by `gettext`, when it is shown."""
    return message


def speaking(chosen: str) -> AbstractContextManager[None]:
    """Within it everything is said in this language, whatever the reader chose."""
    return cast("AbstractContextManager[None]", force_locale(chosen))


def gettext(message: str, **values: str) -> str:
    """The Vietnamese sentence in the language of the request, its `%(name)s` filled in."""
    return str(_gettext(message, **values))


def ngettext(singular: str, plural: str, number: int, **values: str) -> str:
    """The same for sentences with a number in them."""
    return str(_ngettext(singular, plural, number, **values))


def _chosen() -> str:
    """The language from the reader's cookie, whatever the browser says it accepts."""
    cookie = request.cookies.get("lang", "")
    return cookie if cookie in LANGUAGES else LANGUAGES[0]
