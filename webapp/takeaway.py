"""What of the results a reader can take along, as the results page says it beforehand."""

from __future__ import annotations

from indexer.model import SearchPage
from webapp import formats, links, site, wording
from webapp.citations import STYLES
from webapp.contexts_takeaway import Takeaway, TakeawayLink
from webapp.language import gettext
from webapp.links import Links

MOST_IN_PACKET = 500
"""Articles in the page that searches itself: some 3 MB, which an old computer opens in a second or two."""


def takeaway(page: SearchPage, urls: Links, language: str) -> Takeaway:
    """Of the question that was carried out. Where it found nothing there is a feed, which takes nothing in its place:
    whoever follows it waits for just that.
    """
    request = page.request
    if not page.total:
        return Takeaway((), (), urls.export(links.asking_literally(request, request.text), "atom"), "")
    carried_out = links.on_page(links.carrying_out(request, page.searched or request.text), 1)
    labels = {"csv": "CSV", "jsonl": "JSON lines", "html": gettext("trang HTML")}
    files = tuple(TakeawayLink(label, urls.export(carried_out, suffix)) for suffix, label in labels.items())
    cited = tuple(TakeawayLink(wording.style_name(each), urls.export(carried_out, each.ending)) for each in STYLES)
    return Takeaway(files, cited, urls.export(carried_out, "atom"), _note(page.total, language))


def most_in_packet() -> int:
    """The most articles in a page that searches itself, on this site."""
    return min(MOST_IN_PACKET, site.current_site().limits.max_export)


def _note(total: int, language: str) -> str:
    most, in_packet = site.current_site().limits.max_export, most_in_packet()
    if total > most:
        return gettext(
            "Các tệp có %(most)s bài đầu, trang HTML có %(few)s bài đầu.",
            most=formats.number(most, language),
            few=formats.number(in_packet, language),
        )
    if total > in_packet:
        return gettext("Trang HTML có %(few)s bài đầu.", few=formats.number(in_packet, language))
    return ""
