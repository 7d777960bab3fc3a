"""How an article is cited: as Vietnamese papers do, after APA, and for reference managers in BibTeX and RIS. Pure.

Names stay as they were printed: of a pen name nobody can say which part is the family's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from indexer.model import Article
from webapp import formats

OURSELVES = "Kho Báo"
"""Where an article is cited from, when nobody said what the newspaper is called."""

MOST_APA_AUTHORS = 20
"""Of more, APA (7th ed., 9.8) names the first 19 and the last."""


@dataclass(frozen=True, slots=True)
class Cited:
    """An article and what a citation says of it besides; `seen` is the day on which it was looked up.

    `newspaper` is whose archive this is, `code` what the article is called in a list of references.
    """

    article: Article
    newspaper: str
    address: str
    code: str
    seen: date

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(author.name for author in self.article.authors)

    @property
    def printed_in(self) -> str:
        """The paper that printed it: its own source, where that is known."""
        return self.article.source or self.newspaper

    @property
    def day(self) -> date | None:
        return self.article.published.day if self.article.published else None


def vietnamese(cited: Cited) -> str:
    """`Lan Chi, Đình Lâm (2020), “Tiêu đề”, Báo Quê, ngày 1/7/2020, https://…, truy cập ngày 5/8/2026.`

    After the usage of Vietnamese theses; without an author the title comes first.
    """
    day, title = cited.day, f"“{_one_line(cited.article.title)}”"
    year = f" ({day.year})" if day else ""
    names = ", ".join(cited.names)
    parts = (
        *((f"{names}{year}", title) if names else (f"{title}{year}",)),
        cited.printed_in,
        f"ngày {formats.typed_day(day)}" if day else "không rõ ngày",
        cited.address,
        f"truy cập ngày {formats.typed_day(cited.seen)}",
    )
    return ", ".join(parts) + "."


def apa(cited: Cited) -> str:
    """`Lan Chi & Đình Lâm. (2020, July 1). Tiêu đề. Báo Quê. https://…`; see APA, 7th ed., 10.1, example 16."""
    day, title = cited.day, _ended(_one_line(cited.article.title))
    when = f"({day.year}, {formats.month_name(day.month)} {day.day})." if day else "(n.d.)."
    names = _apa_names(cited.names)
    opening = f"{_ended(names)} {when} {title}" if names else f"{title} {when}"
    return f"{opening} {_ended(cited.printed_in)} {cited.address}"


def _apa_names(names: Sequence[str]) -> str:
    if len(names) <= 2:
        return " & ".join(names)
    if len(names) > MOST_APA_AUTHORS:
        return f"{', '.join(names[: MOST_APA_AUTHORS - 1])}, … {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def bibtex(cited: Cited) -> str:
    """An `@article` entry; names and title are in braces of their own, so that nothing takes them apart or small."""
    day = cited.day
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in cited.names),
        "title": f"{{{_latex(cited.article.title)}}}",
        "journal": _latex(cited.printed_in),
        "year": str(day.year) if day else "",
        "month": formats.month_name(day.month)[:3].lower() if day else "",
        "day": str(day.day) if day else "",
        "url": cited.address,
        "urldate": cited.seen.isoformat(),
        "language": "vietnamese",
    }
    lines = [f"  {name} = {_bibtex_value(name, value)},\n" for name, value in fields.items() if value]
    return f"@article{{khobao-{cited.code},\n{''.join(lines)}}}\n"


def _bibtex_value(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"  # months are macros: a style writes them in its language


_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "#$%&_"},
}  # fmt: skip
"""Braces as commands: BibTeX counts `\\{` as a brace, too."""


def _latex(text: str) -> str:
    return re.sub(r"[\\{}~^#$%&_]", lambda sign: _LATEX[sign[0]], _one_line(text))


def ris(cited: Cited) -> str:
    """A RIS record, as reference managers take in: `TAG  - value`, each on one line; RIS knows no escapes."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris_fields(cited))


def _ris_fields(cited: Cited) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS"
    yield from (("AU", name) for name in cited.names)
    yield "TI", cited.article.title
    yield "T2", cited.printed_in
    if cited.article.section:
        yield "SE", cited.article.section
    if cited.day:
        yield "PY", str(cited.day.year)
        yield "DA", f"{cited.day:%Y/%m/%d}/"
    yield "LA", "vi"
    yield "UR", cited.address
    yield "Y2", f"{cited.seen:%Y/%m/%d}/"
    yield "ER", ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Style:
    """A way to cite: what writes it, and how a file of it ends and is typed. `is_prose`: it is for people to read."""

    key: str
    write: Callable[[Cited], str]
    ending: str
    media_type: str
    is_prose: bool = False


VIETNAMESE = Style("vi", vietnamese, "txt", "text/plain", is_prose=True)
APA = Style("apa", apa, "apa.txt", "text/plain", is_prose=True)
BIBTEX = Style("bib", bibtex, "bib", "application/x-bibtex")
RIS = Style("ris", ris, "ris", "application/x-research-info-systems")

STYLES = (VIETNAMESE, APA, BIBTEX, RIS)
"""In the order they are shown."""


def listed(cited: Iterable[Cited], style: Style) -> Iterator[str]:
    """The citations one after the other; no two have one key, though hardly ever two articles have one code."""
    seen: Counter[str] = Counter()
    for each in cited:
        seen[each.code] += 1
        number = seen[each.code]
        text = style.write(replace(each, code=f"{each.code}-{number}") if number > 1 else each)
        yield f"{_one_line(text)}\n" if style.is_prose else text
