"""The permanent addresses of articles, `/b/<code>`, and their citations as files for reference managers."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from indexer.model import Article
from webapp import citations, site
from webapp.contexts import SearchForm
from webapp.contexts_article import TitleLink, WhichPage

blueprint = Blueprint("permalinks", __name__)

FILES = {style.ending: style for style in (citations.BIBTEX, citations.RIS)}
"""The citations that there are as files, by the ending of their address."""


@blueprint.get("/b/<code>")
def permanent(code: str) -> ResponseReturnValue:
    """Leads to the article. Where two have one code, which hardly ever happens, the reader chooses.

    The answer is not kept by browsers (302): the code is for ever, the address it leads to need not be.
    """
    found = _find(code)
    if len(found) == 1:
        return redirect(site.links().article(found[0].id))
    titles = tuple(TitleLink(article.title, site.links().article(article.id)) for article in found)
    return render_template("which.html", page=WhichPage(SearchForm(), titles)), 300


@blueprint.get("/b/<code>.<any(bib, ris):ending>")
def citation_file(code: str, ending: str) -> Response:
    """The citation of the article as a file; of all of them where several have the code."""
    style = FILES[ending]
    text = "".join(citations.listed(map(site.cited, _find(code)), style))
    disposition = f'attachment; filename="khobao-{code}.{ending}"'
    return Response(text, mimetype=style.media_type, headers={"Content-Disposition": disposition})


def _find(code: str) -> tuple[Article, ...]:
    archive = site.archive()
    found = tuple(each for article_id in archive.with_code(code) if (each := archive.unlit(article_id)))
    return found or abort(404)
