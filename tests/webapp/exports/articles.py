"""Articles that hold anything at all."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from indexer.model import Article, Author, Caption, Stamp

VIETNAM = timezone(timedelta(hours=7))

ODD = st.sampled_from([
    "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", '"', '""', "a,b", "a\nb", "a\r\nb", "\x00", "\x0b", "\x1f",
    "\x85", "\u2028", "\u2029", "\ud800", "\udfff", "\ufffe", "\uffff", "\U0010ffff", "</script>",
    "<!--", "]]>", "&amp;", "<script>alert(1)</script>", "đường", "hoà", "\u202e", "{{ 7*7 }}", "'", "a" * 40,
])  # fmt: skip
TEXTS = st.lists(ODD | st.text(max_size=8), max_size=3).map("".join)
STAMPS = st.builds(
    Stamp, st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 30), timezones=st.just(VIETNAM)), st.booleans()
)
ARTICLES = st.builds(
    Article,
    id=st.sampled_from(["a", "2020/07/01/đường.html", 'a"b<c>&d', "a b", "?#", "%2f"]),
    title=TEXTS,
    lead=TEXTS,
    paragraphs=st.lists(TEXTS, max_size=3).map(tuple),
    captions=st.lists(st.builds(Caption, TEXTS, TEXTS), max_size=2).map(tuple),
    authors=st.lists(st.builds(Author, TEXTS, TEXTS), max_size=2).map(tuple),
    published=st.none() | STAMPS,
    section=TEXTS,
    source=TEXTS,
)
