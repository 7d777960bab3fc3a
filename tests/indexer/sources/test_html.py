"""Saved pages: what they say of themselves, what they print, and nothing that is not the article's."""

from __future__ import annotations

import json
from email.message import EmailMessage
from unicodedata import normalize

import pytest

from indexer.model import Caption, Rejected, Remark
from indexer.sources import html_text, mending
from indexer.sources.charset import Decoded
from tests.indexer.sources.inputs_for_tests import articles, only, read

FIRST = "Bà con hai bên sông mừng lắm, vì chợ họp lại từ sớm & hàng về nhiều."
SECOND = "Nước rút chậm hơn mọi năm, nên đò chỉ chở mười hai người một chuyến."
BODY = f"<p>{FIRST.replace('&', '&amp;')}</p><p>{SECOND}</p>"
TITLE = "Đò chạy lại"


def page(head: str = "", body: str = f"<h1>{TITLE}</h1>{BODY}") -> str:
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def ld(**said: object) -> str:
    value = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **said}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def stamp_of(text: str) -> str | None:
    published = only(read("a.html", text)).published
    return published and published.isoformat()


def names_of(text: str) -> list[str]:
    return [author.name for author in only(read("a.html", text)).authors]


def test_a_page_of_today() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "name": "Khác"},
            {
                "@type": ["NewsArticle"],
                "headline": "Đò &amp; chợ",
                "datePublished": "2020-07-14T01:30:00Z",
                "dateModified": "2021-01-01T00:00:00Z",
                "author": [{"@id": "#ky"}, "Hà My"],
                "publisher": {"@type": "Organization", "name": "Báo Mẫu"},
                "articleSection": ["Đời sống", "Sông nước"],
                "description": "Sáng nay bến Sim lại đông người...",
            },
            {"@id": "#ky", "@type": "Person", "name": "Văn Kỳ"},
        ]
    }
    text = page(
        f'<title>Đò &amp; chợ | Báo Mẫu</title><script type="application/ld+json">{json.dumps(graph)}</script>'
        "<script>track('x')</script><style>p{}</style>",
        "<nav><a href=/>Trang chủ</a></nav><main><h1>Đò &amp; chợ</h1>"
        f"<p class=sapo>Sáng nay bến Sim lại đông người, sau ba tuần nước lớn.</p>{BODY}"
        "<figure><img src=a.jpg><figcaption>Đò vào bến. Ảnh: Thu Hòa</figcaption></figure><p>Văn Kỳ - Hà My</p></main>"
        "<aside><figure><figcaption>Bài khác</figcaption></figure></aside><footer>Bản quyền</footer>",
    )
    article = only(read("a.html", text))
    assert article.id == "file"
    assert article.title == "Đò & chợ"
    assert article.lead == "Sáng nay bến Sim lại đông người, sau ba tuần nước lớn."
    assert article.paragraphs == (FIRST, SECOND)
    assert article.captions == (Caption("Đò vào bến.", "Thu Hòa"),)
    assert [author.name for author in article.authors] == ["Văn Kỳ", "Hà My"]
    assert article.published is not None
    assert article.published.isoformat() == "2020-07-14T08:30:00+07:00"
    assert article.section == "Đời sống"
    assert article.source == "Báo Mẫu"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1258"])
def test_a_page_of_the_2000s(charset: str) -> None:
    text = (
        '<html><head><title>Bao Mau</title><meta http-equiv=content-type content="text/html; charset=windows-1258">'
        "<body bgcolor=white><table width=100%><tr><td colspan=3><a href=1>Home</a> | <a href=2>Tin</a></td></tr><tr>"
        "<td width=120><a href=a>Tin khac</a><br><a href=b>Tin khac nua</a></td>"
        "<td><font size=4><b>Bô Lão làng Nêu</b></font><br><font size=1>14/7/2003 8:30</font><br><br>"
        "<font face=Arial><b>Sang nay dân làng Sim sum hop dông dủ sau ba tuân, ai cũng mung.</b><br><br>"
        "Bà con hai bên bo sông mung lam, vì cho hop lai dêu dêu và hàng hóa cũng nhiêu.<br><br>"
        "<i>Lan Chi</i></font></td>"
        "<td>Qu\u1ea3ng cáo</td></tr></table></body></html>"
    )
    if charset == "cp1258":  # it has letters with a hat, and marks to put above them
        text = normalize("NFC", text).replace("ả", "a\u0309").replace("ủ", "u\u0309").replace("ũ", "u\u0303")
        text = text.replace("ò", "o\u0300").replace("ì", "i\u0300")
        text = text.replace("ã", "a\u0303")
    items = read("a.htm", text.encode(charset))
    (article,) = articles(items)
    assert article.title == "Bô Lão làng Nêu"
    assert article.lead.startswith("Sang nay dân làng Sim")
    assert article.paragraphs[0].startswith("Bà con hai bên")
    assert article.published is not None
    assert article.published.isoformat() == "2003-07-14T08:30:00+07:00"
    assert [author.name for author in article.authors] == ["Lan Chi"]
    assert all("Tin khac" not in passage for passage in article.passages())


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Văn Kỳ", ["Văn Kỳ"]),
        ("Văn Kỳ, Hà My", ["Văn Kỳ", "Hà My"]),
        ({"@type": "Person", "name": "Văn Kỳ"}, ["Văn Kỳ"]),
        ([{"name": "Văn Kỳ"}, {"name": ["Hà My", 7]}, None], ["Văn Kỳ", "Hà My"]),
        ({"@type": "Organization", "name": "Báo Mẫu"}, []),
        ("https://bao.example/van-ky", []),
        ({"name": {"x": 1}}, []),
        (7, []),
    ],
)
def test_authors_come_as_text_as_an_object_or_a_list_and_the_paper_is_none(author: object, names: list[str]) -> None:
    assert names_of(page(ld(author=author, publisher={"name": "BÁO MẪU"}))) == names


def test_a_byline_below_the_text_is_read_and_is_no_paragraph() -> None:
    text = page('<meta name=author content="Báo Mẫu"><meta property="og:site_name" content="Báo Mẫu">')
    text = text.replace(f"{SECOND}</p>", f"{SECOND}</p><p><strong>Văn Kỳ</strong></p>")
    assert names_of(text) == ["Văn Kỳ"]
    assert only(read("a.html", text)).passages() == (FIRST, SECOND)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-07-14T08:30:00+07:00">',
        '<meta name="DC.date.issued" content="2020-07-14T08:30:00+07:00">',
        '<meta itemprop="datePublished" content="2020-07-14T08:30:00+07:00">',
        ld(datePublished="2020-07-14T08:30:00+07:00", dateModified="2022-02-02"),
        '<script type="application/ld+json">{"broken</script><meta name=pubdate content="14/07/2020 08:30">',
        ld(datePublished="hôm qua") + '<meta name=pubdate content="14/07/2020 08:30">',
    ],
)
def test_the_date_is_what_the_page_says_to_machines(head: str) -> None:
    assert stamp_of(page(head)) == "2020-07-14T08:30:00+07:00"


def test_the_date_may_be_printed_below_the_title_and_nowhere_else() -> None:
    article = f"<article><h1>{TITLE}</h1><div class=meta>Thứ ba, 14/07/2020, 08:30</div>{BODY}</article>"
    assert stamp_of(page("", article)) == "2020-07-14T08:30:00+07:00"
    clock = f"<div class=clock>Thứ tư, 15/07/2020</div><nav>Tin</nav><article><h1>{TITLE}</h1>{BODY}</article>"
    assert stamp_of(page("", f"{clock}<p>{FIRST}</p><div>16/07/2020</div>")) is None


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta property="article:modified_time" content="2020-07-14">',
        '<meta name=pubdate content="7/4/2020 8:30:00 AM">',
        ld(dateModified="2020-07-14", dateCreated="2020-07-14"),
    ],
)
def test_a_date_is_never_guessed(head: str) -> None:
    assert stamp_of(page(head)) is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"<title>{TITLE} - Báo Mẫu</title>", f"<h1>Báo Mẫu</h1><h1>{TITLE}</h1>{BODY}"),
        (
            f'<meta property="og:site_name" content="Báo Mẫu"><meta property="og:title" content="{TITLE} | Báo Mẫu">',
            BODY,
        ),
        ("<title>Báo Mẫu</title>", f"<h1>{TITLE}</h1>{BODY}"),
        ("<title>Báo Mẫu</title>", f"<div class=title>{TITLE}</div>{BODY}"),
        ("", f"<h1 itemprop=headline>{TITLE}</h1><h1>Khác</h1>{BODY}"),
        (f"<title>{TITLE}</title>", BODY),
    ],
)
def test_the_title_is_the_articles_and_not_the_papers(head: str, body: str) -> None:
    article = only(read("a.html", page(head, body)))
    assert article.title == TITLE
    assert article.passages() == (FIRST, SECOND)


def test_a_text_that_is_only_told_to_machines_is_read() -> None:
    text = page(ld(articleBody=f"<p>{FIRST}</p>\n<p>{SECOND}</p>"), "<div id=app></div>")
    assert only(read("a.html", text)).passages() == (FIRST, SECOND)


def test_a_table_of_figures_is_kept_a_row_a_line() -> None:
    text = page("", f"<article><h1>{TITLE}</h1>{BODY}<table><tr><td>Xã<td>Đò<tr><td>Sim<td>4</table></article>")
    assert only(read("a.html", text)).passages()[2:] == ("Xã | Đò", "Sim | 4")


def test_letters_taken_apart_and_entities_are_put_together() -> None:
    text = page("", f"<h1>{normalize('NFD', TITLE)}</h1><p>B&agrave; con m&#x1EEB;ng l&#7855;m.</p>{BODY}")
    article = only(read("a.html", text))
    assert article.title == TITLE
    assert article.lead == "Bà con mừng lắm."


def test_garbled_text_is_mended_before_anything_is_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "mend", lambda text: Decoded(text.replace("\xad", "ư"), "TCVN3"))
    text = page('<meta property="og:title" content="Ng\xad dân">', f"<p>N\xadớc rút chậm hơn mọi năm.</p>{BODY}")
    items = read("a.html", text)
    (article,) = articles(items)
    assert article.title == "Ngư dân"
    assert article.lead == "Nước rút chậm hơn mọi năm."
    assert Remark("a.html", "TCVN3") in items


def test_a_page_in_a_mail_is_a_page() -> None:
    mail = EmailMessage()
    mail["Snapshot-Content-Location"] = "https://bao.example/do"
    mail.set_content(page(), subtype="html")
    mail.add_related(b"\x89PNG", "image", "png")
    assert only(read("a.mhtml", mail.as_bytes())).passages() == (FIRST, SECOND)
    (item,) = read("a.mht", b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx")
    assert isinstance(item, Rejected)


LINKS = "".join(f"<li><a href={n}>Tin số {n} hôm nay có gì lạ ở bến Sim</a></li>" for n in range(40))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "<html></html>",
        page("<title>Trang chủ</title>", f"<ul>{LINKS}</ul>"),
        page("", "<h1>Đò</h1>"),
        "\ufeff",
    ],
)
def test_a_page_without_an_article_says_so(text: str) -> None:
    (item,) = read("a.html", text)
    assert isinstance(item, Rejected)
    assert "article" in item.reason or "no web page" in item.reason


@pytest.mark.parametrize("tag", ["div", "font", "blockquote", "table><tr><td"])
def test_depth_is_no_reason_to_lose_text_unseen(tag: str) -> None:
    for item in read("a.html", page("", f"<h1>{TITLE}</h1>{f'<{tag}>' * 3000}{BODY}")):
        assert (isinstance(item, Rejected) and "deep" in item.reason) or FIRST in item.passages()  # type: ignore[union-attr]


def test_where_the_library_fails_the_text_is_still_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(html_text.trafilatura, "bare_extraction", fail)
    assert FIRST in only(read("a.html", page("", f"<h1>{TITLE}</h1><div>{BODY}</div>"))).passages()
