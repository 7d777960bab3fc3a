"""Dates as databases and spreadsheets write them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.machine_stamps import read_machine_stamp
from indexer.sources.stamps import VIETNAM


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (1593572820, "2020-07-01T10:07:00+07:00"),
        ("1593572820", "2020-07-01T10:07:00+07:00"),
        (1593572820.75, "2020-07-01T10:07:00+07:00"),
        ("1593572820.0", "2020-07-01T10:07:00+07:00"),
        (1593572820123, "2020-07-01T10:07:00+07:00"),
        (946684800, "2000-01-01T07:00:00+07:00"),
        ("/Date(1593572820000)/", "2020-07-01T10:07:00+07:00"),
        ("/Date(946684800000+0700)/", "2000-01-01T07:00:00+07:00"),
        ("/Date(-2208988800000)/", "1900-01-01T07:00:00+07:00"),
        ({"$date": "2020-07-01T03:07:00Z"}, "2020-07-01T10:07:00+07:00"),
        ({"$date": 1593572820000}, "2020-07-01T10:07:00+07:00"),
        ({"$date": {"$numberLong": "1593572820000"}}, "2020-07-01T10:07:00+07:00"),
        (20200701, "2020-07-01"),
        ("20200701", "2020-07-01"),
        ("202007011007", "2020-07-01T10:07:00+07:00"),
        ("20200701T100709", "2020-07-01T10:07:09+07:00"),
        ("20200701T030700Z", "2020-07-01T10:07:00+07:00"),
        ("20200701T100700+0700", "2020-07-01T10:07:00+07:00"),
        ("10:07, 01/07/2020", "2020-07-01T10:07:00+07:00"),
        ("7/14/2020 30", None),
        ("7/14/2020 8:30:00 AM", None),
        ("14/7/2020 8:30:00 AM", "2020-07-14T08:30:00+07:00"),
        ("7/4/2020 8:30:00 AM", None),
        ("07/04/2020 8:30:00 SA", "2020-04-07T08:30:00+07:00"),
    ],
)
def test_the_date_of_a_machine_is_read(value: object, meant: str | None) -> None:
    stamp = read_machine_stamp(value)
    assert (stamp and stamp.isoformat()) == meant


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        True,
        0,
        -1593572820,
        44013,
        "44013.42",
        2020,
        float("nan"),
        float("inf"),
        1e20,
        159357282012,
        99999999,
        20201301,
        "01072020",
        "20200230",
        "9999999999",
        9999999999999,
        "1.59357E+12",
        "/Date(-62135596800000)/",
        "/Date(9999999999999)/",
        [],
        {},
        {"$date": None},
        {"$date": {"$date": {"$date": 1593572820000}}},
    ],
)
def test_what_a_machine_did_not_know_is_no_date(value: object) -> None:
    assert read_machine_stamp(value) is None


@given(st.datetimes(datetime(2001, 9, 10), datetime(2100, 12, 30), timezones=st.just(VIETNAM)))
def test_every_second_survives_as_a_number(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    seconds = int(moment.timestamp())
    for number in (seconds, seconds * 1000, seconds * 1000 + 999, f"{moment:%Y%m%d%H%M%S}"):
        stamp = read_machine_stamp(number)
        assert stamp is not None
        assert stamp.moment == moment


@given(st.text(max_size=40) | st.integers() | st.floats() | st.from_regex(r"\A[0-9/.DateT()+Z-]{5,20}\Z"))
def test_any_value_is_a_date_of_our_time_or_none(value: object) -> None:
    stamp = read_machine_stamp(value)
    assert stamp is None or 1865 <= stamp.moment.year <= 2100
