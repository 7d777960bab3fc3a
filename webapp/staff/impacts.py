"""What a run's build changes for readers, as the record of the run has it -> what `staff/_impact.html` shows."""

from __future__ import annotations

from typing import Any

from flask import url_for

from indexer import upkeep
from indexer.runs import Run
from webapp import formats
from webapp.language import gettext
from webapp.staff.contexts import ImpactRow, ImpactView
from webapp.staff.shared import settings

SHOWN = 20
"""Questions, the worst first."""

SHOWN_LOST = 5
"""Lost articles of each."""


def impact_view(run: Run, language: str) -> ImpactView | None:
    """The impact of a run; None where nothing was compared."""
    impact = run.impact
    if not impact:
        return None
    return ImpactView(
        summary=gettext(
            "Đã hỏi lại %(questions)s câu bạn đọc hay tìm: %(changed)s câu có kết quả khác, mất %(loss)s %% số kết "
            "quả hàng đầu, %(broken)s câu ghim không còn đúng.",
            questions=formats.number(impact["questions"], language),
            changed=formats.number(impact["changed"], language),
            loss=formats.number(round(impact["loss_percent"]), language),
            broken=formats.number(impact["broken"], language),
        ),
        rows=tuple(_row(change, language) for change in impact["changes"][:SHOWN]),
        waiting_build=_waiting(run),
        use_url=url_for("staff.use_build"),
        drop_url=url_for("staff.drop_build"),
    )


def _waiting(run: Run) -> str:
    """The build of a run, if it still waits; somebody may have said yes since, or another run have dropped it."""
    build: str = run.report.get("build", "")
    return build if build in upkeep.waiting_builds(settings()) else ""


def _row(change: dict[str, Any], language: str) -> ImpactRow:
    before, after = (formats.number(total, language) for total in change["total"])
    return ImpactRow(
        text=change["text"],
        told=gettext(
            "trước %(before)s bài, nay %(after)s; mất %(lost)s, thêm %(gained)s",
            before=before,
            after=after,
            lost=formats.number(len(change["lost"]), language),
            gained=formats.number(len(change["gained"]), language),
        ),
        is_broken=change["pin"] == "broken",
        lost=tuple(_lost(each) for each in change["lost"][:SHOWN_LOST]),
    )


def _lost(each: dict[str, Any]) -> str:
    fates = {
        "removed": gettext("không còn trong kho"),
        "lower": gettext("nay ở hạng %(rank)s", rank=str(each["new_rank"])),
        "gone": gettext("không còn tìm thấy"),
    }
    return f"{each['rank']}. {each['title'] or each['id']}: {fates[each['fate']]}"
