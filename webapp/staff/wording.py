"""Sentences of the staff pages that Python puts together; the templates hold the rest."""

from __future__ import annotations

from datetime import datetime

from indexer.runs import Run, RunState
from webapp import formats, wording
from webapp.language import gettext, ngettext
from webapp.staff.speech import Speech, ours, the_librarys


def moment(iso: str, language: str) -> str:
    """`1/7/2020, 10:07` of an ISO 8601 time, by the server's clock; "" for none."""
    try:
        local = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return ""
    return f"{formats.day(local.date(), language)}, {local:%H:%M}"


def state(of: RunState) -> str:
    """How a run stands."""
    names = {
        RunState.RUNNING: gettext("Đang chạy"),
        RunState.DONE: gettext("Xong"),
        RunState.FAILED: gettext("Không thành"),
        RunState.KILLED: gettext("Bị dừng giữa chừng"),
    }
    return names[of]


def told(run: Run, language: str) -> Speech:
    """What a run did, how far it is, or why it ended."""
    if run.state is RunState.DONE:
        return ours(done(run, language))
    if run.state is RunState.RUNNING:
        return ours(progress(run, language))
    killed = gettext(
        "Máy chủ tắt, hoặc có người dừng lệnh. Chỉ mục không hỏng; hãy chạy lại để nhận nốt phần còn thiếu."
    )
    return the_librarys(language, run.message) or ours(killed)


def done(run: Run, language: str) -> str:
    """What a run that is done did."""
    counts = run.report["counts"]
    parts = [f"{formats.number(counts[name], language)} {count_name(name)}" for name in COUNTED if counts.get(name)]
    return ", ".join(parts) or gettext("không có gì thay đổi")


def progress(run: Run, language: str) -> str:
    """How far a run is."""
    if run.step is None:
        return gettext("đang xem thư mục nào có tệp mới")
    return gettext(
        "đã xem %(done)s trong %(files)s tệp, đọc %(articles)s",
        done=formats.number(run.step.files_done, language),
        files=formats.number(run.step.files, language),
        articles=wording.articles(run.step.articles, language),
    )


COUNTED = ("new", "changed", "moved", "removed", "rejected", "remarks")
"""What a report counts, in the order it is told."""


def count_name(name: str) -> str:
    """What one count of a report is of."""
    names = {
        "new": gettext("bài mới"),
        "changed": gettext("bài sửa"),
        "moved": gettext("bài đổi chỗ tệp"),
        "removed": gettext("bài rút"),
        "rejected": gettext("chỗ không đọc được"),
        "remarks": gettext("ghi chú"),
    }
    return names[name]


def more(count: int, language: str) -> str:
    """How many more there are, "" for none."""
    if count <= 0:
        return ""
    shown = formats.number(count, language)
    return ngettext("và %(count)s nữa", "và %(count)s nữa", count, count=shown)


def files(count: int, language: str) -> str:
    """`3 tệp`."""
    shown = formats.number(count, language)
    return ngettext("%(count)s tệp", "%(count)s tệp", count, count=shown)
