"""What readers are told about why a query finds an article, or does not, in Vietnamese and English.

`{name}` is filled from `Reason.values`, `{places}` from its places.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from indexer import notices
from indexer.explanation import Kind, Part, Place, Reason

MOST_PLACES = 8
"""Places named in one sentence; the others are counted."""

COUNTED = frozenset({"rank", "total", "limit"})
"""The values that are numbers of articles."""

CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # The answer.
        "found_at": (
            "Câu tìm kiếm này tìm thấy bài: đứng thứ {rank} trong {total} bài.",
            "This query finds the article: it is number {rank} of {total}.",
        ),
        "found_far_down": (
            "Câu tìm kiếm này tìm thấy bài, nhưng xếp sau {limit} bài khác, trong tất cả {total} bài.",
            "This query finds the article, but after {limit} others, of {total} in all.",
        ),
        "filtered_out": (
            "Bài có đủ những gì câu tìm kiếm hỏi, nhưng bộ lọc không cho qua.",
            "The article has what the query asks for, but a filter leaves it out.",
        ),
        "not_found": (
            "Câu tìm kiếm này không tìm thấy bài (tìm thấy {total} bài khác).",
            "This query does not find the article (it finds {total} others).",
        ),
        "nothing_found": (
            "Câu tìm kiếm này không tìm thấy bài nào, kể cả bài này.",
            "This query finds no article, and so not this one.",
        ),
        # Words that stand in the article.
        "stands": ("“{word}” có ở {places}.", "“{word}” stands in {places}."),
        "stands_as": ("“{asked}” khớp với “{word}” ở {places}.", "“{asked}” matches “{word}” in {places}."),
        "stands_iy": (
            "“{asked}” khớp với “{word}”, viết i hay y đều là một, ở {places}.",
            "“{asked}” matches “{word}”, the same with i or y, in {places}.",
        ),
        "stands_equivalent": (
            "“{word}”, cùng nghĩa với “{asked}”, có ở {places}.",
            "“{word}”, which means the same as “{asked}”, stands in {places}.",
        ),
        "more_spellings": ("Còn {count} cách viết khác nữa cũng khớp.", "{count} more spellings match."),
        "compound": ("Bài có từ ghép “{asked}”.", "The article has the compound “{asked}”."),
        # Words that do not.
        "absent": ("“{asked}” không có trong bài.", "“{asked}” does not stand in the article."),
        "other_iy": (
            "“{asked}” không có trong bài; chỉ có “{word}”, khác chữ i/y, ở {places}.",
            "“{asked}” does not stand in the article; only “{word}” does, with the other of i and y, in {places}.",
        ),
        "other_tone": (
            "“{asked}” không có trong bài; chỉ có “{word}”, khác thanh, ở {places}.",
            "“{asked}” does not stand in the article; only “{word}” does, with another tone, in {places}.",
        ),
        "other_marks": (
            "“{asked}” không có trong bài; chỉ có “{word}”, khác dấu, ở {places}.",
            "“{asked}” does not stand in the article; only “{word}” does, with other marks, in {places}.",
        ),
        "outside_title": (
            "Tiêu đề không có “{asked}”; “{word}” chỉ có ở {places}.",
            "The title does not have “{asked}”; “{word}” stands only in {places}.",
        ),
        "not_side_by_side": (
            "Các từ của “{asked}” đều có trong bài, nhưng không đứng liền nhau theo thứ tự ấy.",
            "All words of “{asked}” stand in the article, but not side by side in this order.",
        ),
        "too_far": (
            "Các từ của {asked} đứng xa nhau quá: gần nhất là cách {nearest} từ, câu tìm kiếm cho phép {distance}.",
            "The words of {asked} stand too far apart: {nearest} words at the nearest, the query allows {distance}.",
        ),
        "in_different_parts": (
            "Các từ của {asked} đều có, nhưng không cùng ở tiêu đề hay cùng ở thân bài.",
            "All words of {asked} are there, but not together in the title or together in the text.",
        ),
        "no_compound": ("Bài không có từ ghép “{asked}”.", "The article does not have the compound “{asked}”."),
        "no_equivalent": (
            "Những cách nói cùng nghĩa cũng không có trong bài: {words}.",
            "What means the same does not stand in it either: {words}.",
        ),
        # What was excluded, and clauses made of others.
        "excluded_present": (
            "Bài có “{asked}”, mà phần này bị loại trừ.",
            "The article has “{asked}”, which is excluded.",
        ),
        "excluded_absent": (
            "Bài không có phần bị loại trừ: {words}.",
            "The article does not have what is excluded: {words}.",
        ),
        "any_is_enough": (
            "“{asked}”: chỉ cần một trong các phần sau.",
            "“{asked}”: one of these is enough.",
        ),
        "has_most": (
            "Không bài nào đủ {wanted} phần, nên tìm những bài có ít nhất {least}; bài này có {has}.",
            "No article has all {wanted} parts, so those with at least {least} are found; this one has {has}.",
        ),
        "has_too_few": (
            "Không bài nào đủ {wanted} phần, nên tìm những bài có ít nhất {least}; bài này chỉ có {has}.",
            "No article has all {wanted} parts, so those with at least {least} are found; this one has only {has}.",
        ),
        "everything": (
            "Câu tìm kiếm không hỏi từ nào, nên mọi bài đều khớp.",
            "No word is asked for, so every article matches.",
        ),
        "nothing": ("Trong kho không có gì ứng với phần này.", "The archive holds nothing that answers this."),
        # Authors.
        "written_by": ("Bài của {value}.", "The article is by {value}."),
        "author_chosen": ("Bài của {value}, tác giả đã chọn.", "The article is by {value}, who was chosen."),
        "author_not_chosen": (
            "Bài của {value}, không phải của {asked}.",
            "The article is by {value}, not by {asked}.",
        ),
        "no_author": (
            "Bài không ghi tên tác giả, nên không phải của {asked}.",
            "The article names no author, so it is not by {asked}.",
        ),
        "author_excluded": (
            "Bài của {value}, tác giả đã bị loại trừ.",
            "The article is by {value}, who was excluded.",
        ),
        "author_not_excluded": (
            "Bài không phải của tác giả bị loại trừ: {asked}.",
            "The article is not by whom was excluded: {asked}.",
        ),
        # Sections.
        "section_chosen": (
            "Bài thuộc chuyên mục {value}, chuyên mục đã chọn.",
            "The article is of the section {value}, which was chosen.",
        ),
        "section_not_chosen": (
            "Bài thuộc chuyên mục {value}; đã chọn {asked}.",
            "The article is of the section {value}; chosen: {asked}.",
        ),
        "no_section": (
            "Bài không ghi chuyên mục, nên không thuộc {asked}.",
            "The article names no section, so it is not of {asked}.",
        ),
        "section_excluded": (
            "Bài thuộc chuyên mục {value}, chuyên mục đã bị loại trừ.",
            "The article is of the section {value}, which was excluded.",
        ),
        "section_not_excluded": (
            "Bài không thuộc chuyên mục bị loại trừ: {asked}.",
            "The article is not of a section that was excluded: {asked}.",
        ),
        # Sources.
        "source_chosen": (
            "Bài lấy từ {value}, nguồn đã chọn.",
            "The article is from {value}, a source that was chosen.",
        ),
        "source_not_chosen": (
            "Bài lấy từ {value}; đã chọn {asked}.",
            "The article is from {value}; chosen: {asked}.",
        ),
        "no_source": (
            "Bài không ghi nguồn, nên không phải lấy từ {asked}.",
            "The article names no source, so it is not from {asked}.",
        ),
        "source_excluded": (
            "Bài lấy từ {value}, nguồn đã bị loại trừ.",
            "The article is from {value}, a source that was excluded.",
        ),
        "source_not_excluded": (
            "Bài không lấy từ nguồn bị loại trừ: {asked}.",
            "The article is not from a source that was excluded: {asked}.",
        ),
        # Dates.
        "published_between": (
            "Bài đăng ngày {day}, trong khoảng thời gian đã chọn.",
            "The article was published on {day}, within the dates chosen.",
        ),
        "published_before": (
            "Bài đăng ngày {day}, trước khoảng thời gian đã chọn (từ {since}).",
            "The article was published on {day}, before the dates chosen (from {since}, day first).",
        ),
        "published_after": (
            "Bài đăng ngày {day}, sau khoảng thời gian đã chọn (đến {until}).",
            "The article was published on {day}, after the dates chosen (to {until}, day first).",
        ),
        "undated": (
            "Bài không rõ ngày đăng, nên không qua được bộ lọc theo ngày, tháng, năm.",
            "The day the article was published is not known, so filters by day, month or year leave it out.",
        ),
        "year_chosen": ("Bài đăng năm {value}, năm đã chọn.", "The article is of {value}, a year that was chosen."),
        "year_not_chosen": (
            "Bài đăng năm {value}; đã chọn năm {asked}.",
            "The article is of {value}; chosen: {asked}.",
        ),
        "year_excluded": (
            "Bài đăng năm {value}, năm đã bị loại trừ.",
            "The article is of {value}, a year that was excluded.",
        ),
        "year_not_excluded": (
            "Bài không thuộc năm bị loại trừ: {asked}.",
            "The article is not of a year that was excluded: {asked}.",
        ),
        "month_chosen": (
            "Bài đăng tháng {value}, tháng đã chọn.",
            "The article is of {value}, a month that was chosen.",
        ),
        "month_not_chosen": (
            "Bài đăng tháng {value}; đã chọn tháng {asked}.",
            "The article is of {value}; chosen: {asked}.",
        ),
        "month_excluded": (
            "Bài đăng tháng {value}, tháng đã bị loại trừ.",
            "The article is of {value}, a month that was excluded.",
        ),
        "month_not_excluded": (
            "Bài không thuộc tháng bị loại trừ: {asked}.",
            "The article is not of a month that was excluded: {asked}.",
        ),
        # The place in the list.
        "in_tier": (
            "Bài có đúng “{asked}”, nên thuộc nhóm được xếp lên trên, thứ {number} từ trên xuống.",
            "The article has exactly “{asked}”, so it is in a group above the rest, number {number} from the top.",
        ),
        "in_no_tier": (
            "Những bài có đúng “{asked}” được xếp lên trên; bài này thì không.",
            "Articles that have exactly “{asked}” stand on top; this one does not.",
        ),
        "sorted_by_date": (
            "Danh sách đang xếp theo ngày, nên điểm không quyết định thứ tự.",
            "The list is in the order of dates, so the score does not matter.",
        ),
        "no_bonuses": (
            "Điểm thưởng cho các từ đứng liền nhau chỉ tính cho {limit} bài đầu; bài này xếp sau.",
            "Words side by side count for the first {limit} articles only; this one comes after.",
        ),
    }
)
"""Code -> (Vietnamese sentence, English sentence)."""

PARTS: Mapping[Part, tuple[str, str]] = MappingProxyType(
    {
        Part.TITLE: ("tiêu đề", "the title"),
        Part.LEAD: ("đoạn mở đầu", "the lead"),
        Part.PARAGRAPH: ("đoạn {number}", "paragraph {number}"),
        Part.CAPTION: ("chú thích ảnh {number}", "caption {number}"),
        Part.BYLINE: ("tên tác giả", "the byline"),
    }
)

KINDS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.WORDS: ("Có “{asked}”", "“{asked}” is there"),
        Kind.NEIGHBOURS: ("“{asked}” đứng liền nhau", "“{asked}” side by side"),
        Kind.SPELLING: ("Viết là “{asked}”", "Spelled “{asked}”"),
        Kind.COMPOUNDS: ("Từ ghép “{asked}”", "The compound “{asked}”"),
        Kind.TITLE: ("“{asked}” ở tiêu đề", "“{asked}” in the title"),
    }
)


def text(reason: Reason, language: str = "vi") -> str:
    """The reason as one sentence: English for `en`, otherwise Vietnamese. Nothing is raised (see `notices.text`)."""
    counted = {name: _number(value, language) for name, value in reason.values.items() if name in COUNTED}
    values = {**reason.values, **counted, "places": _places(reason.places, language)}
    return notices.fill(CODES.get(reason.code), reason.code, values, language)


def _number(digits: str, language: str) -> str:
    """`50508` as `50.508`, in English `50,508`."""
    grouped = f"{int(digits):,}"
    return grouped if language == "en" else grouped.replace(",", ".")


def points_text(kind: Kind, asked: str, language: str = "vi") -> str:
    """What points are given for."""
    return notices.fill(KINDS[kind], kind, {"asked": asked}, language)


def _places(places: tuple[Place, ...], language: str) -> str:
    named = [_place(place, language) for place in places[:MOST_PLACES]]
    if left := len(places) - len(named):
        named.append(f"{left} more" if language == "en" else f"{left} chỗ khác")
    return ", ".join(named)


def _place(place: Place, language: str) -> str:
    name = notices.fill(PARTS[place.part], place.part, {"number": str(place.number)}, language)
    if place.count == 1:
        return name
    return f"{name} ({place.count}×)" if language == "en" else f"{name} ({place.count} lần)"
