"""What the templates around one article get; see `contexts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from webapp.contexts import AuthorLink, ResultView, SearchForm, Why


@dataclass(frozen=True, slots=True)
class CaptionView:
    """The words under a photo."""

    html: Markup
    """The caption, lit."""
    credit: str
    """Who took the photo, "" if nobody is named."""


@dataclass(frozen=True, slots=True)
class TitleLink:
    """Another article, by its title."""

    title: str
    """The title, "" if it has none."""
    url: str
    """The article."""
    published: str = ""
    """The day in words, "" if unknown, or told already."""
    published_iso: str = ""
    """The same for machines."""


@dataclass(frozen=True, slots=True)
class PositionView:
    """Where the article stands in the list the reader came from."""

    label: str
    """Its number there, and of how many."""
    previous: TitleLink | None
    """The article before, None for the first."""
    next: TitleLink | None
    """The article after, None for the last."""


@dataclass(frozen=True, slots=True)
class CompanionsView:
    """Other articles that have something in common with this one."""

    heading: str
    """What they have."""
    titles: tuple[TitleLink, ...]
    """A few of them."""
    all_url: str
    """All of them, "" where these are all."""
    all_label: str
    """How many they are."""


@dataclass(frozen=True, slots=True)
class CitationView:
    """One way to cite the article."""

    key: str
    """What the page calls it among its elements."""
    name: str
    """The name of the way."""
    text: str
    """The citation."""
    language: str
    """The language it is in, "" for what programs read."""
    download_url: str
    """The same as a file, "" where there is none."""


@dataclass(frozen=True, slots=True)
class SharingView:
    """What the head of the page tells machines."""

    description: str
    """How the article begins, "" where there is no text."""
    newspaper: str
    """What the newspaper is called."""
    linked_data: Mapping[str, Any]
    """The article as JSON-LD."""


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """Something that can be wrong."""

    value: str
    """What the form sends."""
    label: str
    """It in words."""
    checked: bool
    """Whether it is chosen."""


@dataclass(frozen=True, slots=True)
class ReportForm:
    """`_report_form.html`: a reader reports a mistake."""

    action: str
    """Where it is sent."""
    choices: tuple[ReportChoice, ...]
    """What can be wrong."""
    text: str = ""
    """What the field holds."""
    most_chars: int = 0
    """How long it may be."""
    choice_error: str = ""
    """What is wrong with the choice, "" if nothing."""
    text_error: str = ""
    """What is wrong with the text, "" if nothing."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`report.html`: the form again, with what is wrong, or thanks."""

    form: SearchForm
    """The search box."""
    article_title: str
    """The title of the article."""
    article_url: str
    """The article."""
    is_done: bool
    """Whether the report was taken."""
    trouble: str
    """Why it was not, "" where it was, or nothing was sent yet."""
    report: ReportForm
    """The form, as it was filled in."""


@dataclass(frozen=True, slots=True)
class WhichPage:
    """`which.html`: several articles have one short address."""

    form: SearchForm
    """The search box."""
    titles: tuple[TitleLink, ...]
    """The articles."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`article.html`."""

    form: SearchForm
    """The search box."""
    plain_title: str
    """The title without matches, for the browser's tab."""
    title: Markup
    """The title, lit."""
    long_title: bool
    """Whether it has to be set smaller to leave room for the article."""
    published: str
    """Day and time in words, "" if unknown."""
    published_iso: str
    """The same for machines."""
    section: str
    """Its section, "" if none is known."""
    source: str
    """The paper or agency it was taken from, "" if none is known."""
    authors: tuple[AuthorLink, ...]
    """Who wrote it."""
    lead: Markup
    """The lead, lit; empty if there is none."""
    paragraphs: tuple[Markup, ...]
    """The text, lit."""
    captions: tuple[CaptionView, ...]
    """The words under its photos."""
    matches: str
    """How many places are lit, in words; "" if none."""
    back_url: str
    """The results the reader came from, "" if they came from elsewhere."""
    back_query: str
    """What they had searched."""
    position: PositionView | None
    """Where the article stands in them, None if that is not known."""
    why_url: str
    """The article with why that search finds it; "" if there was none, or it is shown."""
    why: Why | None
    """Why the search finds the article or does not, if that was asked."""
    similar: tuple[ResultView, ...]
    """Articles on the same subject."""
    companions: tuple[CompanionsView, ...]
    """Articles of the same authors, and of the same day."""
    citations: tuple[CitationView, ...]
    """The ways to cite it, the Vietnamese one first."""
    address: str
    """Its address in full."""
    permanent: str
    """Its short address, which survives whatever becomes of the file."""
    sharing: SharingView
    """What machines are told."""
    report: ReportForm | None
    """To report a mistake; None where that is not wanted."""
    json_url: str
    """The same as JSON."""
