"""New articles in: files are sent, seen as they will become, and then taken in or left out."""

from __future__ import annotations

from pathlib import Path

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from indexer import curation, upkeep
from indexer.errors import IndexUnavailable
from webapp import formats, site
from webapp.language import gettext, language
from webapp.staff import wording
from webapp.staff.blueprint import blueprint
from webapp.staff.contexts import FileDraft, PreviewPage, UploadPage
from webapp.staff.drafts import FIELD, file_draft
from webapp.staff.runs import running_run
from webapp.staff.shared import render, settings, uploads_folder
from webapp.staff.speech import Speech, of_error, ours
from webapp.staff.staging import MOST_FILES, Staging
from webapp.staff.taking_in import Choice, take_in


@blueprint.route("/upload", methods=["GET", "POST"], endpoint="upload")
def upload() -> ResponseReturnValue:
    """Take files, put them aside, and show them."""
    _staging().prune()
    if request.method == "GET":
        return _upload_page()
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return _upload_page(ours(gettext("Chưa chọn tệp nào."))), 422
    if len(files) > MOST_FILES:
        return _upload_page(ours(gettext("Mỗi lần gửi được %(most)s tệp.", most=str(MOST_FILES)))), 422
    try:
        token = _staging().keep(files)
    except OSError as error:
        current_app.logger.error("Staff pages: %s", error)
        return _upload_page(ours(gettext("Chưa giữ lại tệp nào.")) + of_error(error, language())), 503
    return redirect(url_for("staff.preview", token=token))


@blueprint.get("/upload/<token>", endpoint="preview")
def preview(token: str) -> ResponseReturnValue:
    """The files as they will become. 404 for an upload that is gone."""
    return _preview_page(token)


@blueprint.post("/upload/<token>", endpoint="accept")
def accept(token: str) -> ResponseReturnValue:
    """Take in what was chosen, leave out the rest, and start a run on the folder it now lies in."""
    files = _files(token)
    choices = {file: request.form.get(f"{FIELD}{file.name}", Choice.LEAVE) for file in files}
    offered = {draft.name: {option.value for option in draft.options} | {Choice.LEAVE} for draft in _drafts(files)}
    if any(choice not in offered[file.name] for file, choice in choices.items()):
        return _preview_page(token, ours(gettext("Trong lúc đó kho đã đổi. Hãy xem lại rồi chọn lần nữa."))), 409
    chosen = {file: Choice(choice) for file, choice in choices.items() if choice != Choice.LEAVE}
    if not chosen:
        none = gettext("Chưa chọn tệp nào để nhận. Nếu không nhận tệp nào, hãy bỏ tất cả.")
        return _preview_page(token, ours(none)), 422
    if running_run():
        return _preview_page(token, ours(gettext("Đang có một lượt lập chỉ mục. Hãy đợi xong rồi nhận."))), 409
    return _take_in(token, chosen)


def _take_in(token: str, chosen: dict[Path, Choice]) -> ResponseReturnValue:
    """Take in what can be, and start a run on it, even where the disk fills up half-way: the rest stays put aside."""
    taken, refused = _move(chosen)
    said = _half_way(taken, chosen) + of_error(refused, language()) if refused else ()
    run_url = ""
    try:
        run_url = _start_run() if taken else ""
    except OSError as error:
        said += _not_indexed(taken) + of_error(error, language())
    if not said:
        _staging().discard(token)
        return redirect(run_url)
    current_app.logger.error("Staff pages: %s", " ".join(each.text for each in said))
    return _preview_page(token, said, run_url) if _staging().files(token) else _upload_page(said), 503


def _move(chosen: dict[Path, Choice]) -> tuple[list[str], OSError | None]:
    """The names of the files that were taken in, and what kept the next one out."""
    taken: list[str] = []
    try:
        for file, choice in chosen.items():
            take_in(file, uploads_folder(), choice)
            taken.append(file.name)
    except OSError as error:
        return taken, error
    return taken, None


def _half_way(taken: list[str], chosen: dict[Path, Choice]) -> Speech:
    if not taken:
        return ours(gettext("Chưa nhận được tệp nào; các tệp vẫn còn ở đây."))
    left = ", ".join(file.name for file in chosen if file.name not in taken)
    in_ = gettext("Đã nhận %(files)s.", files=", ".join(taken))
    return ours(in_, gettext("Chưa nhận %(files)s; các tệp ấy vẫn còn ở đây.", files=left))


def _not_indexed(taken: list[str]) -> Speech:
    return ours(
        gettext(
            "Đã nhận %(files)s, nhưng chưa lập chỉ mục được: hãy chạy khobao index %(folder)s, hoặc đợi lần nhận sau.",
            files=", ".join(taken),
            folder=str(uploads_folder()),
        )
    )


def _start_run() -> str:
    """The page of a run on the folder of what was taken in. Raises OSError."""
    return url_for("staff.run", run_id=upkeep.start_run(settings(), ["--", str(uploads_folder())]))


@blueprint.post("/upload/<token>/discard", endpoint="discard")
def discard(token: str) -> ResponseReturnValue:
    """Throw an upload away."""
    _staging().discard(token)
    return redirect(url_for("staff.upload"))


def _staging() -> Staging:
    return Staging(settings().index_dir)


def _files(token: str) -> tuple[Path, ...]:
    return _staging().files(token) or abort(404)


def _upload_page(error: Speech = ()) -> str:
    limit = f"{formats.number(settings().max_upload_mb, language())} MB"
    return render("upload.html", UploadPage(error, limit, str(uploads_folder())))


def _preview_page(token: str, error: Speech = (), run_url: str = "") -> str:
    drafts = _drafts(_files(token))
    running = running_run()
    count = sum(bool(draft.options) for draft in drafts)
    page = PreviewPage(
        error=error,
        summary=gettext(
            "%(files)s, trong đó %(good)s nhận được.",
            files=wording.files(len(drafts), language()),
            good=wording.files(count, language()),
        ),
        files=drafts,
        can_accept=count > 0,
        discard_url=url_for("staff.discard", token=token),
        running_url=url_for("staff.run", run_id=running.id) if running else run_url,
    )
    return render("preview.html", page)


def _drafts(files: tuple[Path, ...]) -> tuple[FileDraft, ...]:
    try:
        archive = site.archive()
    except IndexUnavailable:
        archive = None
    folder = uploads_folder()
    found = curation.preview(settings(), files, folder, archive)
    return tuple(
        file_draft(file, each, folder, site.links(), language()) for file, each in zip(files, found, strict=True)
    )
