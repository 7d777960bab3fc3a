"""The pages for readers: each view reads the request, asks the archive, fills a template."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import freshness, site
from webapp.companions import companions
from webapp.counted import is_counted
from webapp.home import home_page
from webapp.in_list import at_number, find_position, read_number
from webapp.language import language
from webapp.links import local_path, on_page
from webapp.reading_room import Opened, article_page
from webapp.report_form import report_form
from webapp.results import results_page
from webapp.syntax_help import help_page

blueprint = Blueprint("pages", __name__)

ONE_YEAR = 365 * 24 * 60 * 60


@blueprint.get("/")
def home() -> str:
    """The search box, the newest articles, and ways to browse."""
    archive = site.archive()
    freshness.check(archive.edition)
    page = home_page(archive.summary(), site.links(), language())
    return render_template("home.html", page=page)


@blueprint.get("/tim-kiem")
def search() -> str | Response:
    """A page of results; a page past the last one leads to the last."""
    reading, archive = site.reading(), site.archive()
    counts = is_counted(reading.request, request)
    if not counts:  # what is counted is searched each time
        freshness.check(archive.edition)
    found = site.search(archive, reading.request)
    if reading.request.page > found.page_count:
        return redirect(site.links().search(on_page(reading.request, found.page_count)))
    if counts:
        site.current_site().count_search(reading.request.text, found.total)
    page = results_page(found, reading, site.links(), language(), site.current_site().limits.max_page_size)
    return render_template("results.html", page=page)


@blueprint.get("/bai/<path:article_id>")
def article(article_id: str) -> str:
    """An article; the arguments are those of the search that found it, its number in the results as `n`, and `why=1`
    to be told why it was found.
    """
    archive, urls = site.archive(), site.links()
    freshness.check(f"{archive.edition} {date.today()}")  # citations say on which day the article was looked up
    number = read_number(request.args.get("n", ""))
    found_by = at_number(site.reading().request, number) if request.args else None
    found = archive.article(article_id, found_by.text if found_by else "")
    if found is None:
        abort(404)
    opened = Opened(
        found=found,
        cited=site.cited(found.article),
        address=request.base_url,
        found_by=found_by,
        position=find_position(archive, found_by, article_id, number) if found_by and number else None,
        similar=archive.similar(article_id),
        companions=companions(found.article, archive, urls, language()),
        explanation=archive.explain(found_by, article_id) if found_by and request.args.get("why") == "1" else None,
        report=report_form(urls.report(article_id)) if site.current_site().reports else None,
    )
    return render_template("article.html", page=article_page(opened, urls, language()))


@blueprint.get("/tro-giup")
def help() -> str:  # noqa: A001 - named after its page
    """How to ask."""
    freshness.check("")
    return render_template("help.html", page=help_page(site.links()))


@blueprint.get("/ngon-ngu/<any(vi, en):chosen>")
def switch_language(chosen: str) -> Response:
    """Remember the language and go back to where the reader was."""
    back = local_path(request.args.get("next", "")) or url_for("pages.home")
    response = redirect(back)
    response.set_cookie("lang", chosen, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response
