"""A `FilePreview`, beside what lies in the folder of articles -> what `staff/preview.html` shows of the file."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from pathlib import Path

from indexer import problem_text
from indexer.model import Rejected
from indexer.preview import ArticlePreview, FilePreview, Standing
from webapp import formats
from webapp import wording as common
from webapp.language import gettext, ngettext
from webapp.links import Links
from webapp.staff import wording
from webapp.staff.contexts import ArticleDraft, CaptionRow, FileDraft, HeldNote, Listed, Option
from webapp.staff.speech import the_librarys
from webapp.staff.taking_in import Choice

SHOWN_REJECTS = 10

FIELD = "file:"
"""What the names of the fields begin with that say what to do with a file; its name follows."""


def file_draft(file: Path, found: FilePreview, folder: Path, urls: Links, language: str) -> FileDraft:
    """An uploaded file as it would be taken into `folder`."""
    standing, options = _standing(file, found, folder)
    return FileDraft(
        name=file.name,
        field=f"{FIELD}{file.name}",
        count=common.articles(found.article_count, language),
        remarks=tuple(the_librarys(language, remark.reason) for remark in found.remarks),
        rejected=tuple(_rejected(each, language) for each in found.rejected[:SHOWN_REJECTS]),
        rejected_more=wording.more(found.rejected_count - SHOWN_REJECTS, language),
        articles=tuple(_article(each, urls, language) for each in found.articles),
        articles_more=wording.more(found.article_count - len(found.articles), language),
        standing=standing,
        options=_options(options),
    )


def _standing(file: Path, found: FilePreview, folder: Path) -> tuple[str, tuple[Choice, ...]]:
    """What stands in the way of taking a file as it is, and what can be done with it, the best first."""
    if not found.article_count:
        return gettext("Không có bài nào đọc được nên tệp này không nhận được."), ()
    place = folder / file.name
    if place.exists():
        if filecmp.cmp(file, place, shallow=False):
            return gettext("Đúng tệp này đã được nhận trước đây."), (Choice.LEAVE, Choice.BOTH)
        both = (Choice.BOTH, Choice.REPLACE, Choice.LEAVE)
        return gettext("Đã nhận một tệp cùng tên nhưng khác nội dung. Giữ cả hai thì tệp mới được đặt tên khác."), both
    id_is_taken = any(each.standing is not Standing.NEW for each in found.articles)
    if all(_is_held(each) for each in found.articles):
        again = Choice.BOTH if id_is_taken else Choice.TAKE
        return gettext("Trong kho đã có đúng những bài này."), (Choice.LEAVE, again)
    if id_is_taken:
        other = (Choice.BOTH, Choice.LEAVE)
        return gettext("Mã bài đã thuộc về một bài khác trong kho; muốn nhận thì tệp được đặt tên khác."), other
    return "", (Choice.TAKE, Choice.LEAVE)


def _is_held(each: ArticlePreview) -> bool:
    return each.standing is Standing.SAME or any(twin.is_equal for twin in each.twins)


def _options(choices: tuple[Choice, ...]) -> tuple[Option, ...]:
    labels = {
        Choice.TAKE: gettext("Nhận"),
        Choice.BOTH: gettext("Giữ cả hai"),
        Choice.REPLACE: gettext("Thay tệp cũ (tệp cũ được cất đi)"),
        Choice.LEAVE: gettext("Không nhận"),
    }
    return tuple(Option(choice.value, labels[choice], choice is choices[0]) for choice in choices)


def _rejected(each: Rejected, language: str) -> Listed:
    reason = the_librarys(language, each.reason)
    return Listed(reason, "", gettext("dòng %(line)s", line=str(each.line)) if each.line else "")


def _article(each: ArticlePreview, urls: Links, language: str) -> ArticleDraft:
    article = each.article
    left = len(article.paragraphs) - len(each.opening)
    shown = formats.number(left, language)
    return ArticleDraft(
        title=article.title,
        published=formats.moment(article.published, language) if article.published else "",
        authors=", ".join(author.name for author in article.authors),
        section=article.section,
        source=article.source,
        lead=article.lead,
        paragraphs=each.opening,
        more=ngettext("… còn %(count)s đoạn", "… còn %(count)s đoạn", left, count=shown) if left else "",
        captions=tuple(CaptionRow(caption.text, caption.credit) for caption in article.captions),
        problems=tuple(problem_text.what(problem, language) for problem in each.problems),
        held=tuple(_held(each, urls)),
    )


def _held(each: ArticlePreview, urls: Links) -> Iterator[HeldNote]:
    if each.standing is not Standing.NEW:
        same = each.standing is Standing.SAME
        text = gettext("Kho đã có đúng bài này:") if same else gettext("Mã bài này trong kho đang là của:")
        yield HeldNote(text, urls.article(each.article.id), each.held_title)
    for twin in each.twins:
        text = gettext("Kho đã có đúng bài này:") if twin.is_equal else gettext("Kho có bài cùng tiêu đề:")
        yield HeldNote(text, urls.article(twin.id), twin.title)
