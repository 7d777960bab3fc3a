"""A hundred things a reader, a robot or an attacker may type. Every one must get a calm answer."""

from __future__ import annotations

OPERATORS = [
    "*", "**", "?", "-", "--", "---", "+", "|", "||", "&", "&&", "OR", "HOẶC", "NOT", "AND", "OR OR", "NOT NOT",
    "- -", "a OR", "OR a", "NOT", "-(", ")-", "(", ")", "()", "(())", "((((((((((", "))))))))))", ")(",
    "(a OR (b", "a)) OR ((b", "-*", "*-", "a*b*c", "*a", "a*", "ab*", "?a?", "~", "a~5", "^", "a^2",
]  # fmt: skip
DISTANCES = [
    '"a b"~5', '"a b"~0', '"a b"~', '"a b"~~5', '"a b"~5~6', '"a b"~-1', '"a b"~1e9', '"a b"~5.5', '"a b"~5x', '"a"~5',
    '""~5', '"~5', '~5"a b"', '"..."~5', '"a b"~5*', '-"a b"~5', '"a b"~5"c d"~6', 'tiêu đề:"a b"~3', 'ngày:"2020"~5',
    'tác giả:"a b"~5', '"xay dung dang"~50', '"a a a a a"~50', '"a b"~' + "9" * 5_000, '"' + "a b " * 120 + '"~50',
]  # fmt: skip
QUOTES = [
    '"', '""', '"""', '"a', 'a"', '"a" "', "'", "''", "“", "”", "“a", "«a»", "«", '"-"', '"*"', '"("', '" "',
]  # fmt: skip
FIELDS = [
    ":", "::", "a:", ":a", "tiêu đề:", "tác giả:", "ngày:", "title:", "author:", "date:", "title:title:a",
    "ngày:31/02/2020", "ngày:99/99/9999", "ngày:..", "ngày:2021..2020", "ngày:0", "ngày:-1", "date:2020-13-45",
    'tác giả:"', "tác giả:(", "title:-a", "title:*", "author:*", "http://x.vn/?a=b&c=d", "10:07", "C:\\Windows",
]  # fmt: skip
INJECTIONS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><b>", "&lt;b&gt;", "{{7*7}}", "{% raw %}",
    "' OR '1'='1", "'; DROP TABLE articles;--", "../../etc/passwd", "%00", "%2e%2e%2f", "$(id)", "`id`", "javascript:x",
    "\r\nSet-Cookie: a=b", "%s%s%n", "__import__('os')", "<mark>xây</mark>",
]  # fmt: skip
CHARACTERS = [
    "", " ", "\t\n", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "xây\u202edựng", "\u200b", "xây\u200bdựng", "\ufeff",
    "\u0301", "a\u0301\u0301\u0301", "e\u0323\u0302", "Ðảng", "ﬁ", "İSTANBUL", "ß", "🙂", "👩‍👩‍👧", "中文", "العربية",
    "１２３", "²",
    "𝕏ây", "\U0010ffff", "a\u0300" * 50, "¶", "\x1f", "_", "a_b", "__init__",
]  # fmt: skip
LONG = [
    "a" * 10_000, "xây " * 5_000, "(" * 10_000, '"' * 9_999, "-" * 10_000, "a OR " * 2_000, "ab* " * 500,
    "tác giả:" * 1_000, "ngày:2020 " * 500, "a." * 8_000, "@" * 5_000, "9" * 5_000, "\U0001f600" * 2_000,
]  # fmt: skip

QUERIES: tuple[str, ...] = (*OPERATORS, *DISTANCES, *QUOTES, *FIELDS, *INJECTIONS, *CHARACTERS, *LONG)
