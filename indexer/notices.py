"""What readers are told about how their question was read, in Vietnamese and English.

Each sentence says what was done, never whose fault it was. `{name}` is filled from `Notice.values`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from indexer.model import Notice

CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # How the question was read.
        "unbalanced_quote": (
            "Có một dấu ngoặc kép chưa thành cặp; dấu ấy được bỏ qua, các từ được tìm riêng lẻ.",
            "One quotation mark has no partner; it was passed over, the words count one by one.",
        ),
        "unbalanced_parenthesis": (
            "Có dấu ngoặc đơn chưa thành cặp; câu tìm kiếm được đọc như thể đã đủ cặp.",
            "A parenthesis has no partner; the query was read as if it had one.",
        ),
        "dangling_operator": (
            "“{operator}” còn thiếu từ đi kèm nên được bỏ qua.",
            "“{operator}” has no word to go with, so it was passed over.",
        ),
        "exclusion_in_or": (
            "Phần loại trừ đứng cạnh HOẶC được áp dụng cho cả nhóm.",
            "An exclusion next to OR was applied to the whole group.",
        ),
        "near_capped": (
            "Khoảng cách ~{distance} khá xa: các từ cách từ thứ nhất nhiều nhất {limit} từ được tìm.",
            "A distance of ~{distance} is quite far: words at most {limit} from the first one were looked for.",
        ),
        "prefix_too_short": (
            "Dấu * cần ít nhất hai chữ cái đứng trước; “{word}” được tìm như một từ trọn vẹn.",
            "The * needs two letters or more before it; “{word}” was looked for as a whole word.",
        ),
        "wildcard_leading": (
            "Dấu * hoặc ? không đứng đầu một từ được; thay cho “{word}” đã tìm “{searched}”.",
            "A word cannot begin with * or ?; in place of “{word}” this was looked for: “{searched}”.",
        ),
        "wildcard_dropped": (
            "Dấu * cần đi liền sau chữ cái nên “{word}” được bỏ qua.",
            "A * needs letters right before it, so “{word}” was passed over.",
        ),
        "bad_date": (
            "Chưa đọc được ngày “{date}” nên bỏ qua; có thể viết 2020, 7/2020, 31/7/2020, quý 2/2020 hay Tết 2020.",
            "“{date}” was not read as a date and passed over; try 2020, 7/2020, 31/7/2020, quý 2/2020 or Tết 2020.",
        ),
        "date_needs_year": (
            "“{date}” chưa nói năm nào nên bỏ qua; hãy viết thêm năm, như “{date} 2020”.",
            "“{date}” does not tell the year and was passed over; add it, as in “{date} 2020”.",
        ),
        "date_needs_century": (
            "“{date}” chưa nói thế kỷ nào nên bỏ qua; hãy viết đủ bốn chữ số, như “những năm 1920”.",
            "“{date}” does not tell the century and was passed over; write four digits, as in “những năm 1920”.",
        ),
        "date_needs_calendar": (
            "“{date}” có thể là ngày âm hay ngày dương nên bỏ qua; hãy viết thêm “âm lịch” hay “dương lịch”.",
            "“{date}” may be a lunar date or not and was passed over; add “âm lịch” (lunar) or “dương lịch” (not).",
        ),
        "date_meant": (
            "“{date}” là {days}.",
            "“{date}” is {days} (day first).",
        ),
        "reversed_dates": (
            "Hai mốc ngày được xếp lại cho đúng thứ tự: từ {since} đến {until}.",
            "The two dates were put in order: from {since} to {until} (day first).",
        ),
        "empty_field": (
            "Sau “{field}” chưa có gì để tìm nên phần này được bỏ qua.",
            "Nothing to look for follows “{field}”, so it was passed over.",
        ),
        "too_many_words": (
            "Câu tìm kiếm khá dài: {limit} từ đầu được dùng, phần sau được bỏ qua.",
            "This is a long query: its first {limit} words were used, the rest was passed over.",
        ),
        "too_deep": (
            "Dấu ngoặc đơn lồng nhau quá {limit} lớp; những lớp sâu hơn được bỏ qua.",
            "Parentheses are nested more than {limit} deep; the deeper ones were passed over.",
        ),
        "nothing_to_search": (
            "Chưa có gì để tìm; xin gõ ít nhất một từ hoặc một con số.",
            "There is nothing to look for yet; please type at least one word or number.",
        ),
        "query_cut": (
            "Câu tìm kiếm khá dài: {limit} ký tự đầu được dùng.",
            "This is a long query: its first {limit} characters were used.",
        ),
        # What the archive made of it.
        "every_spelling": (
            "Câu tìm kiếm không có dấu nên mọi cách viết có dấu đều được tìm.",
            "The query has no marks, so every spelling of it was looked for.",
        ),
        "other_names": (
            "Tìm cả {names}; đặt trong ngoặc kép thì chỉ tìm đúng chữ đã gõ.",
            "{names} was looked for as well; in quotation marks only what was typed is.",
        ),
        "most_words": (
            "Không có bài nào đủ {wanted} từ; dưới đây là những bài có nhiều từ nhất: {found} từ.",
            "No article has all {wanted} words; shown are those with most of them: {found}.",
        ),
        "few_have_all": (
            "Rất ít bài có đủ {wanted} từ, nên kể cả những bài có từ {least} từ trở lên; bài sát nhất đứng trước.",
            "Very few articles have all {wanted} words, so those with {least} or more are shown too, the best first.",
        ),
        "bound_kept": (
            "Bài nào cũng có đủ {asked}; chỉ các từ còn lại được tính.",
            "Every one of them has {asked}; only the other words are counted.",
        ),
        "bound_alone": (
            "Không có bài nào có {asked} cùng với từ nào còn lại; dưới đây là những bài có {asked}.",
            "No article has {asked} and any of the other words; shown are those with {asked}.",
        ),
        "missing_phrase": (
            "Không có bài nào viết đúng như trong ngoặc kép: {asked}.",
            "No article has these words as they are quoted: {asked}.",
        ),
        "prefix_capped": (
            "Có rất nhiều từ hợp với “{pattern}”; {limit} từ thường gặp nhất được tìm.",
            "Very many words fit “{pattern}”; the {limit} most frequent were looked for.",
        ),
        "spellings_capped": (
            "“{word}” có rất nhiều cách viết; {limit} cách thường gặp nhất được tìm.",
            "“{word}” is spelled in very many ways; the {limit} most frequent were looked for.",
        ),
        "unknown_author": (
            "Trong kho chưa có bài của tác giả “{name}”.",
            "The archive holds no article by “{name}”.",
        ),
        "only_exclusions": (
            "Câu tìm kiếm chỉ có phần loại trừ; dưới đây là mọi bài còn lại.",
            "The query only excludes; shown is everything else.",
        ),
        "missing_words": (
            "Trong kho chưa có bài nào chứa: {words}.",
            "The archive holds no article with: {words}.",
        ),
        # What was searched in place of what was typed, which found nothing.
        "keyboard_decoded": (
            "Không có bài nào với “{typed}”, nên câu được đọc như gõ lúc chưa bật bộ gõ tiếng Việt: “{searched}”.",
            "No article has “{typed}”, so it was read as typed with the Vietnamese input method off: “{searched}”.",
        ),
        "spelling_taken": (
            "Không có bài nào viết “{typed}”; dưới đây là cách viết gần nhất mà giữ mọi dấu đã gõ: “{searched}”.",
            "No article spells “{typed}” so; shown is the nearest spelling that keeps every mark typed: “{searched}”.",
        ),
        "marks_dropped": (
            "Không có bài nào viết “{typed}”; dưới đây là các bài có “{searched}” với bất kỳ dấu nào.",
            "No article spells “{typed}” so; shown are those with “{searched}” in any spelling.",
        ),
        # How far the search came.
        "partial_answer": (
            "Câu tìm kiếm này cần nhiều thời gian quá: mới tìm được trong một phần kho, có thể còn bài khác.",
            "This query needs too much time: only a part of the archive was searched, there may be more articles.",
        ),
    }
)
"""Code -> (Vietnamese sentence, English sentence)."""


FEW_HAVE_ALL = "few_have_all"
"""The code that says that most of the words were found enough, though some articles have them all."""

REPLACED = frozenset({"keyboard_decoded", "spelling_taken", "marks_dropped"})
"""The codes that say that something else was searched than what was typed."""


def text(notice: Notice, language: str = "vi") -> str:
    """The notice as one sentence: English for `en`, otherwise Vietnamese.

    A missing value shows as `…`, an unknown code as itself; nothing is raised.
    """
    return fill(CODES.get(notice.code), notice.code, notice.values, language)


def fill(sentences: tuple[str, str] | None, code: str, values: Mapping[str, str], language: str) -> str:
    """Of a Vietnamese and an English sentence the one that is wanted, with its values; the code where there is none."""
    if sentences is None:
        return code
    vietnamese, english = sentences
    return (english if language == "en" else vietnamese).format_map(_Values(values))


class _Values(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"
