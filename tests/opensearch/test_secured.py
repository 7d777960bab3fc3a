"""A cluster behind TLS and a password, with the certificates that `.deploy/cluster/certificates` makes."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import bootstrap
from indexer.engines.opensearch_engine import breaker, client
from indexer.errors import ClusterAway, ClusterRefused
from indexer.model import SearchRequest
from indexer.settings import Settings
from tests.conftest import ROOT, WriteArticle, settings_in
from tests.opensearch.bad_network import BadNetwork

pytestmark = pytest.mark.opensearch

USER, PASSWORD = "khobao-web", "mật khẩu: dài"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of them."""
    if not shutil.which("openssl"):
        give_up = pytest.fail if os.environ.get("CI") else pytest.skip
        give_up("no openssl to make certificates with (apt install openssl)")
    script = shutil.copy(ROOT / ".deploy" / "cluster" / "certificates", tmp_path_factory.mktemp("cluster"))
    subprocess.run([script, "search1"], check=True, capture_output=True)
    return Path(script).parent / "certificates.d"


@pytest.fixture(scope="module")
def gate(cluster_url: str, certificates: Path) -> Iterator[BadNetwork]:
    """What lets in who says the password over a secure connection."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificates / "node.pem", certificates / "node-key.pem")
    said = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    gate = BadNetwork(cluster_url, tls=tls, authorization=f"Basic {said}")
    yield gate
    gate.stop()


@pytest.fixture
def settings(gate: BadNetwork, index_prefix: str, certificates: Path, tmp_path: Path) -> Settings:
    return settings_in(
        tmp_path,
        engine="opensearch",
        opensearch_url=gate.url,
        opensearch_user=USER,
        opensearch_password=PASSWORD,
        opensearch_ca=str(certificates / "ca.pem"),
        opensearch_prefix=index_prefix,
        opensearch_replicas=0,
    )


def test_with_certificate_and_password_articles_go_in_and_are_found(
    settings: Settings, write_article: WriteArticle
) -> None:
    write_article("a.txt", title="Bài a")
    assert bootstrap.index(settings).articles == 1
    page = bootstrap.open_archive(settings).search(SearchRequest("bài"))
    assert [hit.id for hit in page.hits] == ["a"]


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ({"opensearch_ca": ""}, "opensearch_ca"),
        ({"opensearch_password": "sesame"}, "opensearch_password"),
        ({"opensearch_user": ""}, "opensearch_password"),
    ],
    ids=["no certificate", "another password", "nobody"],
)
def test_who_is_not_let_in_is_told_which_setting_to_look_at(
    settings: Settings, write_article: WriteArticle, wrong: dict[str, str], advice: str
) -> None:
    write_article("a.txt")
    with pytest.raises(ClusterRefused) as caught:
        bootstrap.index(replace(settings, **wrong))  # type: ignore[arg-type]  # texts, all of them
    assert advice in caught.value.next_step
    assert PASSWORD not in f"{caught.value} {caught.value.next_step}"


def test_nothing_is_said_over_a_connection_that_is_not_secure(
    settings: Settings, gate: BadNetwork, write_article: WriteArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((client, "LONG_PATIENCE_S"), (client, "PATIENCE_S"), (breaker, "PAUSE_S")):
        monkeypatch.setattr(module, name, 0.0)
    write_article("a.txt")
    met = len(gate.met)
    with pytest.raises(ClusterAway):
        bootstrap.index(replace(settings, opensearch_url=gate.url.replace("https", "http")))
    assert len(gate.met) == met
