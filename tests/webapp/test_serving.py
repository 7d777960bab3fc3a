"""Where the server listens; `tests/test_server.py` has the server itself."""

from __future__ import annotations

import socket

import pytest

from indexer.errors import CannotListen, SettingsError
from indexer.settings import Settings
from webapp import serving


def test_the_address_names_the_port_that_was_given() -> None:
    with serving.listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert port
        assert serving.address_of(listener) == f"http://127.0.0.1:{port}"


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_written_as_browsers_read_it() -> None:
    try:
        listener = serving.listen("::1", 0)
    except CannotListen as error:
        pytest.skip(str(error))
    with listener:
        assert serving.address_of(listener) == f"http://[::1]:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    ("host", "reason"),
    [("a..b", "no such host"), ("192.0.2.1", "assign")],
)
def test_an_address_that_cannot_be_had_is_named_with_the_reason(host: str, reason: str) -> None:
    with pytest.raises(CannotListen, match=reason) as caught:
        serving.listen(host, 0)
    assert host in str(caught.value)
    assert "--host" in caught.value.next_step


def test_a_system_that_cannot_fork_is_told_to_take_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.fork")
    with pytest.raises(SettingsError, match="workers") as caught:
        serving.serve(Settings(workers=2), print)
    assert "1" in caught.value.next_step
