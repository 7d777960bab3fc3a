"""The query language for readers: its parts with queries that run when clicked."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import SearchRequest
from webapp.contexts import Example, HelpPage, HelpSection, SearchForm
from webapp.language import gettext
from webapp.links import Links

Row = tuple[str, str]
"""A query and what it finds."""


def help_page(urls: Links) -> HelpPage:
    """The help page in the language of the request."""
    return HelpPage(
        form=SearchForm(),
        sections=tuple(
            HelpSection(anchor, title, text, tuple(_example(row, urls) for row in rows))
            for anchor, title, text, rows in _sections()
        ),
        json_url=urls.json(_request("xây dựng", urls)),
        api_url=urls.api(),
    )


def _example(row: Row, urls: Links) -> Example:
    query, meaning = row
    return Example(query, urls.search(_request(query, urls)), meaning)


def _request(query: str, urls: Links) -> SearchRequest:
    return SearchRequest(query, page_size=urls.page_size)


def _sections() -> Iterator[tuple[str, str, str, tuple[Row, ...]]]:
    yield from _words()
    yield from _readings()
    yield from _logic()
    yield from _fields()


def _words() -> Iterator[tuple[str, str, str, tuple[Row, ...]]]:
    yield (
        "tu",
        gettext("Nhiều từ"),
        gettext(
            "Bài phải có đủ mọi từ, ở chỗ nào cũng được. Hoa hay thường đều như nhau. Câu dài hơn 4 từ mà rất ít bài "
            "có đủ thì những bài có phần lớn các từ cũng hiện ra; bấm vào lời ghi trên danh sách để chỉ xem bài có đủ."
        ),
        (("xây dựng Đảng", gettext("có cả ba tiếng xây, dựng, Đảng")),),
    )
    yield (
        "dau",
        gettext("Có dấu và không dấu"),
        gettext(
            "Gõ không dấu thì mọi cách đặt dấu đều được tìm. Chỉ cần một dấu trong câu là cả câu "
            "được tìm đúng như đã gõ. Kiểu đặt dấu (hoà, hòa) không quan trọng."
        ),
        (
            ("xay dung", gettext("xây dựng, xây dùng… cách viết nào cũng được")),
            ("xây dựng", gettext("chỉ đúng xây dựng")),
            ("con người", gettext("con người, không lẫn còn người")),
        ),
    )
    yield (
        "cum-tu",
        gettext("Đúng cụm từ"),
        gettext("Đặt trong ngoặc kép để các tiếng đứng liền nhau, đúng thứ tự."),
        (('"xây dựng Đảng"', gettext("ba tiếng liền nhau")),),
    )
    yield (
        "gan-nhau",
        gettext("Đứng gần nhau"),
        gettext(
            "Sau ngoặc kép viết thêm dấu ~ và một con số: các tiếng đứng theo thứ tự nào cũng được, "
            "mỗi tiếng cách tiếng thứ nhất nhiều nhất bấy nhiêu tiếng."
        ),
        (('"xây dựng Đảng"~5', gettext("dựng và Đảng cách xây nhiều nhất 5 tiếng")),),
    )
    yield (
        "dau-sao",
        gettext("Một phần của từ"),
        gettext(
            "Dấu * thay cho mấy chữ cái cũng được, sau ít nhất hai chữ cái; dấu ? trong từ thay cho đúng một. "
            "Từ không bắt đầu bằng hai dấu ấy được."
        ),
        (
            ("ngh*", gettext("nghề, nghị, nghiệp…")),
            ("h?a", gettext("hoa, hòa, hứa…")),
        ),
    )


def _readings() -> Iterator[tuple[str, str, str, tuple[Row, ...]]]:
    """What is offered, and what is done where what was typed finds nothing."""
    yield (
        "cach-viet",
        gettext("Cách viết khác"),
        gettext(
            "Trên danh sách có các cách viết khác, kèm số bài; bấm vào một cách để chỉ xem cách ấy. Không bài nào viết "
            "như đã gõ thì cách viết gần nhất mà giữ mọi dấu được tìm thay, có lời ghi rõ và đường về. Chữ có vẻ gõ "
            "nhầm thì chỉ gợi ý, không tự đổi."
        ),
        (
            ("mua", gettext("mọi cách viết; bấm mưa hay mùa để chọn")),
            ("mưa lon", gettext("mưa lớn, vì không bài nào viết mưa lon")),
            ("cảnh xát giao thông", gettext("gợi ý cảnh sát giao thông")),
        ),
    )
    yield (
        "bo-go",
        gettext("Khi chưa bật bộ gõ"),
        gettext(
            "Gõ kiểu Telex, VNI hay VIQR mà chưa bật bộ gõ tiếng Việt thì câu vẫn được đọc ra chữ có dấu, miễn là "
            "không bài nào có đúng những chữ đã gõ."
        ),
        (
            ("xaay duwngj", gettext("đọc là xây dựng (Telex)")),
            ("d9uo7ng2 sa81t", gettext("đọc là đường sắt (VNI)")),
            ("marathon", gettext("có trong kho nên giữ nguyên")),
        ),
    )
    yield (
        "viet-tat",
        gettext("Chữ viết tắt"),
        gettext(
            "Chữ viết tắt quen dùng tìm cả tên đầy đủ, và ngược lại; đặt trong ngoặc kép thì chỉ tìm đúng chữ đã gõ. "
            "Viết tắt trùng với một từ thường dùng thì gõ chữ hoa."
        ),
        (
            ("HĐND", gettext("cả Hội đồng nhân dân")),
            ('"HĐND"', gettext("chỉ chữ HĐND")),
            ("TP.HCM", gettext("cả TPHCM, TP HCM, Thành phố Hồ Chí Minh")),
            ("CA", gettext("cả công an; gõ ca thì không")),
        ),
    )


def _logic() -> Iterator[tuple[str, str, str, tuple[Row, ...]]]:
    yield (
        "hoac",
        gettext("Một trong nhiều từ"),
        gettext("Viết HOẶC, OR (chữ hoa) hay dấu | ở giữa."),
        (
            ("lúa HOẶC mía", gettext("có ít nhất một trong hai")),
            ("tàu | ghe", gettext("cũng vậy, viết ngắn")),
        ),
    )
    yield (
        "tru",
        gettext("Trừ ra"),
        gettext("Đặt dấu trừ sát trước từ, hoặc viết NOT, để bỏ những bài có từ ấy."),
        (
            ("xây dựng -Đảng", gettext("có xây dựng nhưng không có Đảng")),
            ('lễ hội NOT "du lịch"', gettext("bỏ bài có cụm du lịch")),
        ),
    )
    yield (
        "ngoac",
        gettext("Gộp bằng ngoặc đơn"),
        gettext("Ngoặc đơn cho biết phần nào được xét trước."),
        (("(lúa | mía) mùa", gettext("mùa, cùng với lúa hoặc mía")),),
    )


def _fields() -> Iterator[tuple[str, str, str, tuple[Row, ...]]]:
    yield (
        "tieu-de",
        gettext("Trong tiêu đề"),
        gettext("Viết tiêu đề: trước từ; tieu de: và title: cũng được."),
        (
            ("tiêu đề:biển", gettext("có biển trong tiêu đề")),
            ('title:"xây dựng"', gettext("cả cụm trong tiêu đề")),
        ),
    )
    yield (
        "tac-gia",
        gettext("Của tác giả"),
        gettext("Viết tác giả: trước tên; tac gia: và author: cũng được. Không cần ngoặc kép."),
        (("tác giả:Đình Lâm", gettext("bài ký tên Đình Lâm")),),
    )
    yield (
        "ngay",
        gettext("Theo ngày đăng"),
        gettext(
            "Viết ngày: rồi năm, tháng/năm hay ngày/tháng/năm; ngay: và date: cũng được. "
            "Hai dấu chấm nối ngày đầu với ngày cuối, cả hai đều được tính. Ở hai ô Từ, Đến cạnh kết quả cũng viết như "
            "vậy."
        ),
        (
            ("ngày:2020", gettext("cả năm 2020")),
            ("ngày:7/2020", gettext("tháng 7 năm 2020")),
            ("xây dựng ngày:2015..2020", gettext("từ đầu năm 2015 đến hết năm 2020")),
        ),
    )
    yield (
        "ngay-bang-chu",
        gettext("Ngày viết bằng chữ, ngày âm lịch"),
        gettext(
            "Tháng, quý, nửa năm, thập niên, ngày lễ, hôm qua, 7 ngày qua… viết bằng chữ cũng được, không cần dấu. "
            "Ngày âm lịch từ năm 1900: viết thêm âm lịch, hay có chữ rằm, Giêng, Chạp, nhuận, tên năm can chi. Tết là "
            "mùng 1 đến mùng 3; giao thừa 2020 là đêm bước sang năm 2020. Chưa rõ năm nào hay lịch nào thì phần ấy "
            "được bỏ qua, có lời nhắc; không đoán."
        ),
        (
            ("ngày:quý 3/2020", gettext("tháng 7 đến tháng 9 năm 2020")),
            ("ngày:cuối tháng 9/2013", gettext("từ ngày 21 đến hết tháng")),
            ("ngày:tháng Chạp năm Đinh Hợi", gettext("tháng cuối năm âm lịch: 8/1/2008 đến 6/2/2008")),
            ("ngày:rằm tháng Hai 2015", gettext("ngày âm lịch: 3/4/2015")),
            ("ngày:Quốc khánh 2013", gettext("ngày 2/9/2013")),
            ("ngày:những năm 2000", gettext("từ 2000 đến hết 2009")),
        ),
    )
