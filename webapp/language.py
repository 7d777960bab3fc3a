"""The two languages of the pages. The only module that touches Flask-Babel, which has no types."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import cast

from babel.support import Translations
from flask import Flask, request
from flask_babel import Babel, force_locale, get_locale  # type: ignore[import-untyped]

LANGUAGES = ("vi", "en")
"""Vietnamese first: it is also the language of the message ids."""


def init_app(app: Flask) -> None:
    """Translate the pages of `app`."""
    Babel(app, default_locale=LANGUAGES[0], locale_selector=_chosen)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # of Jinja's i18n, which Babel adds
        lambda message: _catalogue().gettext(message),
        lambda singular, plural, number: _catalogue().ngettext(singular, plural, number),
        newstyle=True,
    )


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
    return _catalogue().gettext(message) % values if values else _catalogue().gettext(message)


def ngettext(singular: str, plural: str, number: int, **values: str) -> str:
    """The same for sentences with a number in them."""
    return _catalogue().ngettext(singular, plural, number) % {"num": number, **values}


def _catalogue() -> NullTranslations:
    """The sentences in the language of the request, fifty a page. Flask-Babel's way to them takes thrice as long."""
    locale = get_locale()
    return _catalogue_in(locale.language if locale else LANGUAGES[0])


@cache
def _catalogue_in(language: str) -> NullTranslations:
    return Translations.load(Path(__file__).parent / "translations", [language])


def _chosen() -> str:
    """The language from the reader's cookie, whatever the browser says it accepts."""
    cookie = request.cookies.get("lang", "")
    return cookie if cookie in LANGUAGES else LANGUAGES[0]
