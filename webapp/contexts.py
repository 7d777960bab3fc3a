"""What templates get: one frozen dataclass a template, every value ready to be shown.

Templates decide where things stand; whatever has to be worked out is worked out before. `Markup`
fields hold text with its matches lit and come from `markup.lit`; everything else is plain text.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from webapp.contexts_results import FacetSearch, ListOptions, TimelineView
from webapp.contexts_takeaway import Takeaway


@dataclass(frozen=True, slots=True)
class Layout:
    """`base.html`, and with it every page."""

    language: str
    """`vi` or `en`: the language of the interface."""
    other_language_url: str
    """Sets the other language and comes back to this page."""
    home_url: str
    """The home page."""
    search_url: str
    """Where search forms lead, without arguments."""
    completions_url: str
    """Where the search box asks for suggestions, without arguments."""
    help_url: str
    """The page on the query language."""
    style_url: str
    """The style sheet, with a version so that browsers may keep it."""
    script_url: str
    """The script of the search box: `/` leads into it, and it makes suggestions."""
    icon_url: str
    """The icon of the site."""
    opensearch_url: str
    """What lets a browser take the archive up among its search engines."""
    site_url: str
    """Scheme and host, to stand before a path where it must be a whole address."""


@dataclass(frozen=True, slots=True)
class SearchForm:
    """`_search_form.html`: the search box and what it sends along."""

    text: str = ""
    """What the box holds."""
    hidden: tuple[tuple[str, str], ...] = ()
    """Name and value of what is sent along unseen: facets, order, size."""
    autofocus: bool = False
    """Whether the page opens with the cursor in the box; true on the home page only."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet."""

    label: str
    """The value in words."""
    count: str
    """How many articles, written in the page's language."""
    toggle_url: str
    """Chooses the value, or takes the choice back."""
    exclude_url: str
    """Excludes the value, or takes that back."""
    chosen: bool
    """Only articles with it are shown."""
    excluded: bool
    """Articles with it are left out."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of the filter column."""

    key: str
    """One of `indexer.model.FACETS`."""
    name: str
    """Its heading."""
    shown: tuple[FacetValue, ...]
    """The values that always show; chosen and excluded ones are among them."""
    folded: tuple[FacetValue, ...]
    """The rest, behind «Xem thêm»."""
    search: FacetSearch | None = None
    """Where values can be looked for by name."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter above the results."""

    label: str
    """The filter in words."""
    remove_url: str
    """The same search without it."""
    excludes: bool
    """Whether it leaves articles out instead of choosing them."""


@dataclass(frozen=True, slots=True)
class OfferLink:
    """Another question, one click away."""

    text: str
    """The question."""
    url: str
    """Its results, under the filters of this page."""
    count: str
    """How many articles it finds, as a number."""
    articles: str
    """The same in words."""


@dataclass(frozen=True, slots=True)
class OtherSpellings:
    """Other ways to spell what was searched."""

    label: str
    """What they are, with a colon."""
    shows_all: bool
    """Whether the list holds them all, so that each of them narrows it."""
    spellings: tuple[OfferLink, ...]
    """Those with more marks."""
    unmarked: OfferLink | None
    """The search that takes no notice of marks, where that finds more."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about how the question was read."""

    text: str
    """The sentence."""
    way_back: OfferLink | None = None
    """What was typed, where the sentence says that something else was searched."""
    all_words: OfferLink | None = None
    """Only the articles with all the words, where those with most are shown as well."""
    usual_url: str = ""
    """The usual search, where the sentence says that this one is literal."""
    error_of: str = ""
    """`from` or `to`: the field that the sentence finds fault with."""


@dataclass(frozen=True, slots=True)
class SnippetView:
    """A passage around matches."""

    html: Markup
    """The passage, lit."""
    before: str
    """`…` where it was cut off in front, else ""."""
    after: str
    """`…` where it was cut off behind, else ""."""


@dataclass(frozen=True, slots=True)
class ResultView:
    """One article in a list."""

    url: str
    """The article, knowing the way back to this list."""
    title: Markup
    """Its title, lit."""
    published: str
    """The day in words, "" if unknown."""
    published_iso: str
    """The same for machines."""
    authors: str
    """Their names, "" if none is known."""
    section: str
    """Its section, "" if none is known."""
    source: str
    """The paper or agency it was taken from, "" if none is known."""
    snippets: tuple[SnippetView, ...]
    """Passages around matches, or the opening of the article."""
    number: int = 0
    """Its place in the whole list, counted from 1; 0 where that is not told."""
    copies: tuple[ResultView, ...] = ()
    """Further results of the page that are the same text, or nearly."""
    copies_label: str = ""
    """How many they are, in words."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """One step of the pager; a gap has no URL."""

    label: str
    """Number of the page, `…` for a gap."""
    url: str
    """The page, "" for a gap."""
    current: bool
    """Whether it is the page shown."""


@dataclass(frozen=True, slots=True)
class Pager:
    """The way through a long list."""

    pages: tuple[PageLink, ...]
    """First, last and the neighbours."""
    previous_url: str
    """The page before, "" on the first."""
    next_url: str
    """The page after, "" on the last."""


@dataclass(frozen=True, slots=True)
class DateField:
    """One end of the range of days."""

    text: str
    """What the field holds: what the reader typed if it could not be read, else the day."""
    unreadable: bool
    """Whether it could not be read."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Another search, one click away: a way out of an empty result, or a narrower one."""

    label: str
    """What it does."""
    url: str
    """Where it leads."""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """`results.html`."""

    form: SearchForm
    """The search box."""
    query: str
    """What was searched, "" for everything."""
    heading: str
    """What the list holds, where nothing was searched."""
    count: str
    """How many articles were found, in words."""
    whole: str
    """How many there are without filters, in words; "" unless filters hide some."""
    took: str
    """How long it took."""
    notes: tuple[Note, ...]
    """How the question was read, and what could not be."""
    correction: OfferLink | None
    """Did you mean."""
    other_spellings: OtherSpellings | None
    """Other ways to spell it, one click away."""
    date_offer: NextStep | None
    """The days that a date in words means, where it does not limit the results to them."""
    chips: tuple[Chip, ...]
    """The active filters."""
    clear_url: str
    """The same question without filters."""
    timeline: TimelineView | None
    """Articles by time, None where there is nothing to see."""
    facets: tuple[Facet, ...]
    """The filter column."""
    filters_open: bool
    """Whether the reader is at work in it."""
    since: DateField
    """First day."""
    until: DateField
    """Last day."""
    options: ListOptions
    """How the list can be shown."""
    results: tuple[ResultView, ...]
    """This page of the list."""
    pager: Pager | None
    """None if everything fits on one page."""
    empty_line: str
    """What to say where nothing was found."""
    next_steps: tuple[NextStep, ...]
    """Ways out, where nothing was found."""
    takeaway: Takeaway
    """The same, to be taken along."""
    json_url: str
    """The same as JSON."""
    canonical_path: str
    """The question without filters, order and place: what its many lists are variants of."""


@dataclass(frozen=True, slots=True)
class AuthorLink:
    """An author and their articles."""

    name: str
    """The name as printed, "" for the link to everybody."""
    url: str
    """Results with this author chosen."""
    count: str = ""
    """How many articles, where that is shown."""
    listed_as: str = ""
    """The name under which their articles are listed, "" where it is the one printed."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """`home.html`."""

    form: SearchForm
    """The big search box."""
    size: str
    """The size of the archive: `42 bài, 2004–2025`; "" if it is empty."""
    timeline: TimelineView | None
    """Articles by year; None if they all lie in one."""
    newest: tuple[ResultView, ...]
    """The newest articles."""
    newest_url: str
    """All articles, newest first."""
    authors: tuple[AuthorLink, ...]
    """The authors with most articles."""


@dataclass(frozen=True, slots=True)
class WhyLine:
    """What one part of a query, or one filter, makes of an article."""

    holds: bool
    """Whether the article is as it asks."""
    sentences: tuple[str, ...]
    """Where that stands in the article, or why not; what was asked where there is only that to say."""
    parts: tuple[WhyLine, ...]
    """The parts it is made of."""


@dataclass(frozen=True, slots=True)
class WhyPoints:
    """One part of a score."""

    label: str
    """What it is given for."""
    score: str
    """How much it is, written in the page's language."""


@dataclass(frozen=True, slots=True)
class Why:
    """`_why.html`: why a query finds an article, or does not."""

    asked: str
    """The query, for the box in which another can be tried."""
    is_found: bool
    """Whether the article is found."""
    summary: str
    """The answer in a sentence."""
    notes: tuple[str, ...]
    """How the query was read."""
    lines: tuple[WhyLine, ...]
    """The query's parts, then the filters."""
    order: tuple[str, ...]
    """What else decided the article's place in the list."""
    points: tuple[WhyPoints, ...]
    """What the score is made of, empty where there is none."""
    total: str
    """The score."""
    action: str
    """Where the form to try another query leads."""
    sent_along: tuple[tuple[str, str], ...]
    """Name and value of what that form sends along."""
    without_url: str
    """The article without the explanation."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query that runs when clicked."""

    query: str
    """The query."""
    url: str
    """Its results."""
    meaning: str
    """What it finds."""


@dataclass(frozen=True, slots=True)
class HelpSection:
    """One part of the query language."""

    anchor: str
    """Where links lead to it."""
    title: str
    """What it is for."""
    text: str
    """How it works."""
    examples: tuple[Example, ...]
    """Queries to try."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """`help.html`."""

    form: SearchForm
    """The search box."""
    sections: tuple[HelpSection, ...]
    """The language, part by part."""
    json_url: str
    """An example of the JSON API."""
    api_url: str
    """The page on the JSON API."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """`error.html`."""

    form: SearchForm
    """The search box."""
    status: int
    """The HTTP status."""
    title: str
    """What happened."""
    text: str
    """What it means and what can be done."""
    command: str
    """What the staff should run, "" if nothing."""
    request_id: str
    """What to tell them, so that they find it in the log; "" if there is nothing to find."""
