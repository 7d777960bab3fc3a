"""Persons and houses, told apart by their names."""

from __future__ import annotations

import pytest

from indexer.sources.agencies import is_agency


@pytest.mark.parametrize(
    "name",
    """TTXVN|Thông tấn xã Việt Nam|Vietnam+|VOV1|VOV.VN|vnanet.vn|Báo Bến và Đò|Tân Hoa Xã|Đài Hà Nội|AFP|AP|Reuters
    |France24|The Ben Song|Ben Song Times|DHG Pharma|NXB Bến Sim|Bộ Thủy lợi""".replace("\n    ", "").split("|"),
)
def test_houses(name: str) -> None:
    assert is_agency(name)


@pytest.mark.parametrize(
    "name",
    "Đình Lâm|ĐÌNH LÂM|Đài Trang|Trường Phong|N.V.A|M.V|H. My|L.Vy|PV|CTV|CTVX|BT|Jean Martin|Vy Vy|Bộ|".split("|"),
)
def test_persons(name: str) -> None:
    assert not is_agency(name)
