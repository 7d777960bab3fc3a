"""The files of results: `/tim-kiem` with another ending, and the same arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from indexer.model import Article, Export, SearchRequest
from webapp import freshness, site
from webapp.citations import STYLES, Style
from webapp.exports.bibliography import bibliography
from webapp.exports.filenames import disposition, filename
from webapp.exports.lines import lines
from webapp.exports.packet import packet
from webapp.exports.records import AddressOf
from webapp.exports.spool import Spool, SpoolBusy
from webapp.exports.tables import table
from webapp.language import gettext
from webapp.problem_details import Refused
from webapp.takeaway import most_in_packet

blueprint = Blueprint("exports", __name__)

RETRY_SECONDS = 10

_spool = Spool()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the ending of its address and name, its media type, how it is written, its limit."""

    suffix: str
    media_type: str
    write: Callable[[Export, SearchRequest], Iterator[str]]
    most: Callable[[], int] = lambda: site.current_site().limits.max_export
    with_matches: bool = False


def _articles(export: Export) -> Iterator[Article]:
    return (each.article for each in export.articles)


def addresses() -> AddressOf:
    """Gives the whole addresses of articles, as seen from the running request."""
    here, urls = request.host_url.rstrip("/"), site.links()
    return lambda article_id: here + urls.article(article_id)


CSV = Kind("csv", "text/csv", lambda export, _: table(_articles(export), addresses()))
JSON_LINES = Kind("jsonl", "application/jsonl", lambda export, _: lines(_articles(export), addresses()))
PACKET = Kind(
    "html",
    "text/html",
    packet,
    most=most_in_packet,
    with_matches=True,
)


def _citing(style: Style) -> Kind:
    return Kind(style.ending, style.media_type, lambda export, _: bibliography(_articles(export), style))


CITATIONS = {style.ending: _citing(style) for style in STYLES}
"""The files of citations, by the ending of their address."""


@blueprint.get("/tim-kiem.csv")
def csv() -> Response:
    """The results as a table."""
    return _download(CSV)


@blueprint.get("/tim-kiem.jsonl")
def json_lines() -> Response:
    """The results as JSON lines."""
    return _download(JSON_LINES)


@blueprint.get("/tim-kiem.html")
def page() -> Response:
    """The results as one page that searches itself."""
    return _download(PACKET)


@blueprint.get("/tim-kiem.<any(txt, 'apa.txt', bib, ris):ending>")
def cited(ending: str) -> Response:
    """The citations of the results."""
    return _download(CITATIONS[ending])


def _download(kind: Kind) -> Response:
    wanted, archive = site.reading().request, site.archive()
    freshness.check(f"{archive.edition} {date.today()}")  # packets and citations say on which day they were taken
    export = archive.export(wanted, kind.most(), with_matches=kind.with_matches)
    if export.is_partial:
        freshness.forget()
    response = Response(mimetype=kind.media_type) if request.method == "HEAD" else _file(kind, export, wanted)
    response.headers.set("Content-Disposition", "attachment", **disposition(filename(wanted, export, kind.suffix)))
    response.headers["X-Total-Count"] = str(export.total)
    return not_for_robots(response)


def _file(kind: Kind, export: Export, wanted: SearchRequest) -> Response:
    try:
        file, size = _spool.file_of(kind.write(export, wanted))
    except SpoolBusy as error:
        raise Refused(
            503,
            "",
            gettext("Đang có nhiều người lấy tệp. Xin chờ ít giây rồi bấm lại."),
            retry_after=RETRY_SECONDS,
        ) from error
    response = Response(wrap_file(request.environ, file), mimetype=kind.media_type, direct_passthrough=True)
    response.content_length = size
    return response


def not_for_robots(response: Response) -> Response:
    """What depends on a search: not to be listed by search engines, and always asked for anew, by its tag."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Cookie")
    return response
