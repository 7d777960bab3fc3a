"""Which authors are proposed as one, and why. All names are made up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from indexer.author_mining import Author, Findings, Proposal, propose
from indexer.sources.signatures import author_key


class Nobody:
    """Who signs with whom: what the pairs say."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self._pairs = [frozenset(map(author_key, pair)) for pair in pairs]

    def together(self, one: str, other: str) -> int:
        return self._pairs.count(frozenset((one, other)))

    def partners(self, key: str) -> Mapping[str, int]:
        return {other: 1 for pair in self._pairs if key in pair for other in pair - {key}}


def found(names: Mapping[str, int], company: Nobody | None = None, apart: tuple[tuple[str, str], ...] = ()) -> Findings:
    authors = [Author(author_key(name), name, count) for name, count in names.items()]
    return propose(authors, company or Nobody(), {frozenset(map(author_key, pair)) for pair in apart})


@pytest.mark.parametrize(
    ("names", "line", "reason"),
    [
        ({"Nguyễn Văn Kỳ": 5, "N.V.K": 9}, "Nguyễn Văn Kỳ = N.V.K", "initials"),
        ({"Đình Lâm": 5, "Đ.Lâm": 9, "Du Lâm": 1}, "Đình Lâm = Đ.Lâm", "initials"),
        ({"Nguyễn Văn Kỳ": 5, "Nguyen Van Ky": 9}, "Nguyễn Văn Kỳ = Nguyen Van Ky", "'nguyen'"),
        ({"Lê Văn Kỳ": 5, "Lê Van Kỳ": 9, "Văn My": 1, "Văn An": 1}, "Lê Văn Kỳ = Lê Van Kỳ", "'van'"),
        ({"Hà My": 5, "Hà Mi": 2}, "Hà My = Hà Mi", "i and y"),
        ({"Ben Song": 5, "BenSong": 2}, "Ben Song = BenSong", "blanks"),
        ({"Báo Bến Sim": 5, "Bến Sim": 2}, "Báo Bến Sim = Bến Sim", "'báo'"),
        ({"The Ben Song": 5, "Ben Song": 2}, "The Ben Song = Ben Song", "'the'"),
        ({"TTXVN": 2, "Thông tấn xã Việt Nam": 5}, "Thông tấn xã Việt Nam = TTXVN", "mean the same"),
        ({"PV": 5, "P.V": 2, "Phan Văn": 1}, "PV = P.V", "mean the same"),
        ({"Nguyễn Văn Kỳ": 50, "Nguyễn Vănn Kỳ": 1}, "Nguyễn Văn Kỳ = Nguyễn Vănn Kỳ", "one letter"),
        ({"Nguyễn Văn Kỳ": 50, "Nguyễn Vnă Kỳ": 1}, "Nguyễn Văn Kỳ = Nguyễn Vnă Kỳ", "one letter"),
    ],
)
def test_names_of_one_author(names: dict[str, int], line: str, reason: str) -> None:
    proposals = found(names).proposals
    assert [each.line for each in proposals] == [line]
    assert reason in "; ".join(proposals[0].reasons)


@pytest.mark.parametrize(
    "names",
    [
        {"Thu Hòa": 9, "Thu Hoa": 9},  # a name without marks, too
        {"Minh Hoa": 3, "Minh Hòa": 3, "Hoa Lê": 1},
        {"Văn Kỳ": 9, "Văn Kỹ": 9},
        {"Đình Lâm": 30, "Đình Lam": 20, "Lam Hà": 1},
        {"Vietnam+": 9, "TTXVN": 9},  # a site of it
        {"Nguyễn Kỳ": 3, "Nguyễn Văn Kỳ": 3},  # nothing shows it
        {"Nguyễn Văn Nam": 50, "Nguyễn Văn Lam": 1},  # begins otherwise
        {"Đ.Lâm": 3, "D.Lâm": 3},
    ],
)
def test_names_that_prove_nothing(names: dict[str, int]) -> None:
    assert found(names).proposals == []


def test_initials_that_fit_several_are_named_and_not_proposed() -> None:
    findings = found({"Nguyễn Văn Kỳ": 5, "Ngô Vân Khánh": 3, "N.V.K": 9})
    assert findings.proposals == []
    [doubt] = findings.doubts
    assert (doubt.name, set(doubt.fits)) == ("N.V.K", {"Nguyễn Văn Kỳ", "Ngô Vân Khánh"})


def test_who_signs_together_is_two_people() -> None:
    names = {"Nguyễn Văn Kỳ": 5, "N.V.K": 9}
    assert found(names, Nobody(("Nguyễn Văn Kỳ", "N.V.K"))).proposals == []


def test_who_is_said_to_be_two_people_is_not_proposed_again() -> None:
    assert found({"Hà My": 5, "Hà Mi": 2}, apart=(("Hà Mi", "Hà My"),)).proposals == []


def test_a_missing_middle_name_needs_a_reason_that_can_be_shown() -> None:
    names = {"Nguyễn Kỳ": 3, "Nguyễn Văn Kỳ": 3, "Hà My": 9}
    [proposal] = found(names, Nobody(("Nguyễn Kỳ", "Hà My"), ("Nguyễn Văn Kỳ", "Hà My"))).proposals
    assert proposal.line == "Nguyễn Văn Kỳ = Nguyễn Kỳ"
    assert "Hà My" in proposal.reasons[0]


def test_an_author_stands_in_one_proposal() -> None:
    findings = found({"Nguyễn Văn Kỳ": 5, "N.V.K": 9, "Nguyen Van Ky": 2, "Nguyễn Văn Kì": 1})
    assert findings.proposals == [
        Proposal(
            ("Nguyễn Văn Kỳ", "N.V.K", "Nguyen Van Ky", "Nguyễn Văn Kì"),
            (5, 9, 2, 1),
            findings.proposals[0].reasons,
        )
    ]
    assert len(findings.proposals[0].reasons) == 3
