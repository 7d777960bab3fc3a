"""Whatever happens to a run, at whichever file operation: the old answers go on, the next run completes, all is there.

Each step of a test changes the articles, runs `index` with a fault at the next operation of its work, looks at what
readers get from a running server and from a new one, and runs it again without the fault; until a run has come to its
end before the fault.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from indexer import bootstrap, synonym_files, upkeep
from indexer.model import SearchRequest
from indexer.querying.synonyms import Groups
from indexer.settings import Settings
from tests.conftest import settings_in
from tests.faults.forking import Ended, Forker
from tests.faults.tripwire import Fault
from tests.test_server import Served, serving

SEARCH = "/api/v1/search?q=chuy%E1%BB%87n&size=50"
FIRST_ARTICLES = 5
KEPT_NEWCOMERS = 3

ERRORS = {"IndexUnwritable", "SwitchUncertain"}

State = dict[str, str]
"""Article id -> its paragraph."""


@pytest.fixture(scope="module")
def forker() -> Iterator[Forker]:
    made = Forker()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: it is processes that die here, and to them a disk is only slower."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory, prefix="khobao-") as made:
        yield Path(made)


@pytest.fixture(autouse=True)
def no_abbreviations(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new server reads the list that comes with the program, which takes it longer than all the rest."""
    monkeypatch.setattr(synonym_files, "read_abbreviations", Groups)


@dataclass
class Newsroom:
    """A folder of articles that changes, its index, and a server that answers all the while."""

    settings: Settings
    served: Served
    round: int = 0
    builds: dict[str, set[str]] = field(default_factory=dict)

    def change(self) -> None:
        """One article is edited, one comes, and an older one goes."""
        self.round += 1
        self._write("a0", f"Một chuyện đã sửa lần thứ {self.round}.")
        self._write(f"new-{self.round}", "Thêm một chuyện.")
        if self.round > KEPT_NEWCOMERS:
            (self.settings.seeds_dir / f"new-{self.round - KEPT_NEWCOMERS}.txt").unlink()

    def _write(self, name: str, paragraph: str) -> None:
        text = f"08:00, 02/03/2021\n\nBài {name}\n\n{paragraph}\n\n\nVăn Kỳ.\n"
        (self.settings.seeds_dir / f"{name}.txt").write_text(text, encoding="utf-8")

    def sources(self) -> State:
        return {
            path.stem: path.read_text(encoding="utf-8").split("\n")[4] for path in self.settings.seeds_dir.iterdir()
        }

    def look(self) -> State:
        """What a server that is started now answers; remembered as what the live build holds."""
        archive = bootstrap.open_archive(self.settings)
        page = archive.search(SearchRequest("chuyện", page_size=50))
        assert page.total == archive.article_count
        articles = [found.article for hit in page.hits if (found := archive.article(hit.id))]
        state = {article.id: article.lead for article in articles}
        self.builds[archive.build] = set(state)
        return state

    def is_whole(self) -> bool:
        """Whether the running server answers from one build, which may be one before for a moment."""
        answer = self.served.get(SEARCH)
        return {hit["id"] for hit in answer["hits"]} == self.builds[answer["build"]]


@contextmanager
def opened(folder: Path) -> Iterator[Newsroom]:
    settings = settings_in(folder, build_workers=1)
    settings.seeds_dir.mkdir()
    for number in range(FIRST_ARTICLES):
        text = f"08:00, 02/03/2021\n\nBài a{number}\n\nMột chuyện ở làng biển.\n\n\nVăn Kỳ.\n"
        (settings.seeds_dir / f"a{number}.txt").write_text(text, encoding="utf-8")
    bootstrap.index(settings)
    with serving(settings.index_dir) as served:
        yield Newsroom(settings, served)


def survive_everywhere(
    newsroom: Newsroom, forker: Forker, fault: Fault, action: str, look: Callable[[Ended], None], step: int = 1
) -> int:
    """Let the fault happen at every operation, or every second one and so on; returns how often it did."""
    before = newsroom.look()
    for at in count(1, step):
        newsroom.change()
        after = newsroom.sources()
        ended = forker.run(newsroom.settings, at, fault, action=action)
        assert newsroom.look() in (before, after), f"neither the old state nor the new one, {at=}"
        assert newsroom.is_whole(), f"the running server mixes states, {at=}"
        if ended.status == 0 and ended.operations < at:
            return at // step
        look(ended)
        again = forker.run(newsroom.settings)
        assert (again.status, again.message) == (0, ""), f"{at=}"
        assert (before := newsroom.look()) == after, f"{at=}"
        if at % 5 == 0:
            assert upkeep.check_index(newsroom.settings, deep=True).problems == ()
        assert len(list((newsroom.settings.index_dir / "builds").iterdir())) <= newsroom.settings.kept_builds

    raise AssertionError("counting ends")


def was_killed(ended: Ended) -> None:
    assert ended.status == -signal.SIGKILL


@pytest.mark.parametrize(("action", "least"), [("index", 40), ("rebuild", 30)])
def test_a_run_killed_at_any_file_operation_loses_nothing(
    folder: Path, forker: Forker, action: str, least: int
) -> None:
    with opened(folder) as newsroom:
        kills = survive_everywhere(newsroom, forker, Fault.KILL, action, was_killed)
    assert kills >= least


def says_what_to_do(ended: Ended) -> None:
    """A run may also come to its end: what failed was the record of it, or the clearing away of an old build."""
    if ended.status:
        assert ended.kind in ERRORS, ended
        assert ended.message
        assert ended.next_step


@pytest.mark.parametrize(
    ("action", "fault", "step"),
    [("index", Fault.DISK_FULL, 1), ("rebuild", Fault.DISK_BROKEN, 1), ("index", Fault.RIGHTS_LOST, 2)],
)
def test_a_run_that_cannot_write_leaves_the_old_index_and_says_why(
    folder: Path, forker: Forker, action: str, fault: Fault, step: int
) -> None:
    with opened(folder) as newsroom:
        assert survive_everywhere(newsroom, forker, fault, action, says_what_to_do, step) >= 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_really_full_loses_nothing(small_disk: Path, forker: Forker) -> None:
    with opened(small_disk) as newsroom:
        ballast = small_disk / "ballast"
        ends = set()
        before = newsroom.look()
        for free in range(0, 120_000, 8_192):
            newsroom.change()
            after = newsroom.sources()
            room = shutil.disk_usage(small_disk).free
            ballast.write_bytes(bytes(max(0, room - free)))
            ended = forker.run(newsroom.settings)
            says_what_to_do(ended)
            ends.add(ended.status)
            ballast.unlink()
            assert newsroom.look() in (before, after)
            assert newsroom.is_whole()
            assert forker.run(newsroom.settings).status == 0
            assert (before := newsroom.look()) == after
    assert ends == {0, 1}, "some of these runs had room enough, and some had not"
