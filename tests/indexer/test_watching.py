"""`khobao index --watch`: what comes, changes, moves and goes is taken in, once it has arrived."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from indexer import bootstrap, upkeep
from indexer.builds import BuildStore
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import SourceNotFound
from indexer.settings import Settings
from indexer.watching import Arrivals, Pace, paths_to_run
from tests.conftest import WriteArticle, settings_in
from tests.processes import PATIENCE

QUICK = Pace(settle=0.15, tick=0.05, retry=0.1, longest_retry=0.2)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, build_workers=1)


class Follower:
    """Follows the articles in a thread; `lines` are what it says, `given` what its runs were given."""

    def __init__(self, settings: Settings, paths: Sequence[Path] = (), pace: Pace = QUICK) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.given: list[list[str]] = []
        self._settings, self._stop = settings, threading.Event()
        arguments = (settings, paths, self._run, self.lines.put, pace, self._stop)
        self._thread = threading.Thread(target=upkeep.watch, args=arguments)
        self._thread.start()

    def _run(self, paths: Sequence[Path]) -> str:
        self.given.append([path.name for path in paths])
        return str(bootstrap.index(self._settings, paths))

    def says(self, wanted: str) -> str:
        """The next line that holds this."""
        while wanted not in (line := self.lines.get(timeout=PATIENCE)):
            pass
        return line

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


Follow = Callable[..., Follower]


@pytest.fixture
def follow(settings: Settings, write_article: WriteArticle) -> Iterator[Follow]:
    """Starts a follower of an archive of one article, and returns when its first run is over."""
    write_article("a.txt")
    started: list[Follower] = []

    def start(paths: Sequence[Path] = (), pace: Pace = QUICK) -> Follower:
        started.append(Follower(settings, paths, pace))
        started[0].says("Following")
        return started[0]

    yield start
    for follower in started:
        follower.stop()


def test_what_comes_and_changes_is_taken_in_by_name(
    settings: Settings, follow: Follow, write_article: WriteArticle
) -> None:
    follower = follow()
    write_article("b.txt", title="Bài mới")
    follower.says("2 articles: 1 new")
    write_article("a.txt", title="Sửa rồi")
    follower.says("2 articles: 0 new, 1 changed")
    assert follower.given == [[], ["b.txt"], ["a.txt"]]
    assert bootstrap.open_archive(settings).article_count == 2


def test_a_new_folder_and_one_that_is_moved_in_are_followed(
    tmp_path: Path, follow: Follow, write_article: WriteArticle
) -> None:
    follower = follow()
    write_article("2021/b.txt")
    follower.says("2 articles: 1 new")
    write_article("2021/c.txt")
    follower.says("3 articles: 1 new")
    write_article("../outside/03/d.txt")
    (tmp_path / "outside").rename(tmp_path / "articles" / "2022")
    follower.says("4 articles: 1 new")


def test_both_ends_of_a_renaming_are_seen_by_one_run(
    settings: Settings, follow: Follow, write_article: WriteArticle
) -> None:
    path = write_article("old.txt", title="Đổi tên")
    follower = follow()
    path.rename(path.with_name("new.txt"))
    follower.says("2 articles: ")
    assert len(follower.given) == 2
    searcher = WhooshEngine().searcher(BuildStore(settings.index_dir).current())
    assert {Path(held.path).name for _, held in searcher.holdings()} == {"a.txt", "new.txt"}


def test_a_file_that_goes_leaves_the_archive(follow: Follow, write_article: WriteArticle) -> None:
    path = write_article("b.txt")
    follower = follow()
    path.unlink()
    follower.says("1 articles: 0 new, 0 changed, 1 removed")


def test_a_bad_file_is_a_reject_and_the_rest_goes_on(follow: Follow, write_article: WriteArticle) -> None:
    follower = follow()
    write_article("bad.txt").write_bytes(b"")
    follower.says("1 rejected")
    write_article("good.txt")
    follower.says("2 articles: 1 new")


def test_hidden_files_and_readmes_are_passed_over(follow: Follow, write_article: WriteArticle) -> None:
    follower = follow()
    write_article(".b.txt.swp")
    write_article("README.txt")
    write_article(".git/c.txt")
    write_article("d.txt")
    follower.says("2 articles: 1 new")
    assert follower.given[1:] == [["d.txt"]]


def test_a_busy_index_is_tried_again(settings: Settings, follow: Follow, write_article: WriteArticle) -> None:
    follower = follow()
    with BuildStore(settings.index_dir).lock():
        write_article("b.txt")
        assert "tried again" in follower.says("The index is being written by")
    follower.says("2 articles: 1 new")


def test_a_folder_that_goes_keeps_its_articles_and_is_taken_up_when_it_is_back(
    settings: Settings, follow: Follow, write_article: WriteArticle
) -> None:
    follower = follow()
    away = settings.seeds_dir.with_name("away")
    settings.seeds_dir.rename(away)
    follower.says("is not there any more")
    write_article("../away/b.txt")
    assert bootstrap.open_archive(settings).article_count == 1
    away.rename(settings.seeds_dir)
    follower.says("is back")
    follower.says("2 articles: 1 new")
    write_article("c.txt")
    follower.says("3 articles: 1 new")


def test_a_folder_that_is_emptied_is_asked_about_and_the_archive_stays(settings: Settings, follow: Follow) -> None:
    follower = follow()
    (settings.seeds_dir / "a.txt").unlink()
    assert "--allow-removal" in follower.says("would remove 1 of 1")
    assert bootstrap.open_archive(settings).article_count == 1


def test_a_single_file_can_be_followed(settings: Settings, follow: Follow, write_article: WriteArticle) -> None:
    follower = follow([settings.seeds_dir / "a.txt"])
    write_article("b.txt")
    write_article("a.txt", title="Một tiêu đề dài hơn")
    follower.says("1 articles: 0 new, 1 changed")


def test_polling_sees_the_same(follow: Follow, write_article: WriteArticle) -> None:
    follower = follow(pace=Pace(settle=0.1, tick=0.05, poll=0.05))
    write_article("2021/b.txt")
    follower.says("2 articles: 1 new")


def test_a_first_run_that_fails_ends_it(settings: Settings) -> None:
    with pytest.raises(SourceNotFound):
        upkeep.watch(settings, [settings.seeds_dir], lambda paths: str(bootstrap.index(settings, paths)), print)


def test_a_file_has_arrived_when_it_has_stayed_the_same_for_a_while(tmp_path: Path) -> None:
    arrivals, path = Arrivals(Pace(settle=3)), tmp_path / "a.txt"
    path.write_text("một", encoding="utf-8")
    arrivals.hear(str(path), now=0)
    arrivals.look(now=2)
    assert not arrivals.ready(now=2)
    path.write_text("một hai", encoding="utf-8")  # and nobody tells
    arrivals.look(now=4)
    assert not arrivals.ready(now=6)
    assert arrivals.ready(now=7) == {str(path)}


def test_what_has_arrived_need_not_wait_forever_for_the_rest_but_what_is_gone_does(tmp_path: Path) -> None:
    arrivals = Arrivals(Pace(settle=3, longest_wait=60))
    done, gone, growing = (str(tmp_path / name) for name in ("done.txt", "gone.txt", "growing.txt"))
    Path(done).touch()
    arrivals.hear(done, now=0)
    arrivals.hear(gone, now=0)
    for now in range(70):
        arrivals.hear(growing, now)
        assert arrivals.ready(now) == (set() if now < 60 else {done})
    assert arrivals.ready(now=80) == {done, gone, growing}


def test_where_something_is_gone_the_whole_folder_is_looked_at(tmp_path: Path) -> None:
    inner, other = tmp_path / "articles" / "2021", tmp_path / "other"
    inner.mkdir(parents=True)
    other.mkdir()
    for path in (inner / "b.txt", other / "c.txt"):
        path.touch()
    roots = [str(inner.parent), str(other), str(tmp_path / "unmounted")]
    batch = [str(path) for path in (inner / "a.txt", inner / "b.txt", other / "c.txt", tmp_path / "unmounted" / "d")]
    assert paths_to_run(batch, roots) == (inner.parent, other / "c.txt")


def test_a_file_that_holds_no_articles_may_say_something_of_those_beside_it(tmp_path: Path) -> None:
    for path in (tmp_path / "corrections.toml", tmp_path / "a.txt"):
        path.touch()
    assert paths_to_run([str(tmp_path / "a.txt")], [str(tmp_path)]) == (tmp_path / "a.txt",)
    assert paths_to_run([str(tmp_path / "corrections.toml")], [str(tmp_path)]) == (tmp_path,)


def test_a_signal_ends_it_cleanly(settings: Settings, write_article: WriteArticle) -> None:
    write_article("a.txt")
    call = [sys.executable, "-m", "indexer", "index", str(settings.seeds_dir), "--index", str(settings.index_dir)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*call, "--watch", "--settle", "0.1"], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        assert "1 articles: 1 new" in process.stdout.readline()
        assert "Following" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    assert (process.returncode, rest.split()[-1]) == (0, "Stopped.")
