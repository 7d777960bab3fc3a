"""The settings: one table, read from defaults, a TOML file and `KHOBAO_*` in the environment, in that order."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from indexer.columns import Columns, read_columns
from indexer.errors import SettingsError

SETTINGS_FILE = "khobao.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the name carries the unit; `read` turns text into the value or raises ValueError.

    A secret one is never shown, not even where it is wrong.
    """

    name: str
    default: Any
    read: Callable[[Any], Any]
    help: str
    is_secret: bool = False

    @property
    def variable(self) -> str:
        return f"KHOBAO_{self.name.upper()}"


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError(f"must be between {low} and {high}")
        return value

    return read


def _yes_or_no(text: str) -> bool:
    answers = {**dict.fromkeys(("true", "on", "yes", "1"), True), **dict.fromkeys(("false", "off", "no", "0"), False)}
    if text.lower() not in answers:
        raise ValueError("must be true or false")
    return answers[text.lower()]


def _password_hash(text: str) -> str:
    """Refuses a password that stands there as it is: nobody could sign in with it, and everybody could read it."""
    if not re.fullmatch(r"(scrypt|pbkdf2)(:\w+)+\$[^$]+\$[0-9a-f]+", text):
        raise ValueError("is not a password hash; `khobao staff password` makes one")
    return text


def _one_of(*names: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError(f"must be {' or '.join(names)}")
        return text

    return read


def _addresses(text: str) -> str:
    for address in filter(None, map(str.strip, text.split(","))):
        if not re.fullmatch(r"https?://[^\s/@,]+", address):
            raise ValueError(f"{address} is not https://host:port; user and password are settings of their own")
    return text


def _index_prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,60}", text):
        raise ValueError("must be of small letters a to z, digits, - and _, and begin with a letter or digit")
    return text


def _origins(text: str) -> str:
    """Sites as browsers name them: scheme, host and port, and no path."""
    for origin in filter(None, map(str.strip, text.split(","))):
        if origin != "*" and not re.fullmatch(r"https?://[a-z0-9.:\[\]-]+", origin):
            raise ValueError(f"{origin} is not https://host, with :port where it has one, in small letters")
    return text


TABLE: tuple[Setting, ...] = (
    Setting("index_dir", Path("index_data"), Path, "Folder that holds the index"),
    Setting("seeds_dir", Path("seeds"), Path, "Articles that `khobao index` reads when no path is given"),
    Setting("host", "127.0.0.1", str, "Address the server listens on"),
    Setting("port", 8000, _between(0, 65535), "Port the server listens on; 0 takes a free one"),
    Setting("workers", 1, _between(1, 64), "Processes that share the port"),
    Setting("threads", 4, _between(1, 64), "Requests a worker answers at the same time"),
    Setting("page_size", 10, _between(1, 100), "Results on a page when the reader does not say"),
    Setting("max_page_size", 100, _between(1, 1000), "Most results a reader can ask for on one page"),
    Setting("max_query_chars", 500, _between(10, 10_000), "Characters of a query that are read"),
    Setting("max_source_mb", 20, _between(1, 10_000), "Largest single-article file that is read, in MB"),
    Setting(
        "writer_memory_mb",
        512,
        _between(16, 16_384),
        "Memory the index writer may fill before it writes, in MB",
    ),
    Setting(
        "build_workers",
        0,
        _between(0, 64),
        "Processes that analyse the articles of a large run; 0 takes one a core, at most 4; 1 starts none",
    ),
    Setting("cache_mb", 32, _between(0, 16_384), "What a searcher may keep of what it found, in MB"),
    Setting(
        "query_budget_ms",
        250,
        _between(0, 600_000),
        "Processor time a search may take before it answers with what it has, in ms; 0 is no limit",
    ),
    Setting(
        "watch_settle_seconds",
        3,
        _between(0, 3600),
        "Seconds a file must stay as it is before `khobao index --watch` takes it in",
    ),
    Setting(
        "watch_poll_seconds",
        0,
        _between(0, 3600),
        "Seconds between two looks of `--watch` at folders on a network, which do not tell what changes; 0 if they do",
    ),
    Setting(
        "engine", "whoosh", _one_of("whoosh", "opensearch"), "What holds the index: `whoosh`, files, or `opensearch`"
    ),
    Setting(
        "opensearch_url",
        "",
        _addresses,
        "Nodes of the OpenSearch cluster: `https://search1:9200, https://search2:9200`; only with that engine",
    ),
    Setting("opensearch_user", "", str, "User that OpenSearch knows us by; empty where it asks for none"),
    Setting("opensearch_password", "", str, "The user's password", is_secret=True),
    Setting(
        "opensearch_ca",
        "",
        str,
        "File of the certificate that vouches for the cluster, where it is none of those the system trusts",
    ),
    Setting("opensearch_prefix", "khobao", _index_prefix, "How the names of our indexes in the cluster begin"),
    Setting(
        "opensearch_shards",
        1,
        _between(1, 1024),
        "Parts a new index is made of, which several cores and nodes search at once",
    ),
    Setting("opensearch_replicas", 1, _between(0, 10), "Copies of each part, on other nodes"),
    Setting("opensearch_timeout_s", 10, _between(1, 600), "Seconds to wait for an answer of the cluster"),
    Setting("kept_builds", 2, _between(1, 50), "Builds kept in index_dir, the live one included"),
    Setting(
        "synonyms_file",
        Path("synonyms.txt"),
        Path,
        "Staff's own list of abbreviations and synonyms, a path from index_dir; it need not exist",
    ),
    Setting("count_searches", True, _yes_or_no, "Whether the server counts, by day, what readers search for"),
    Setting("searches_kept_days", 90, _between(1, 3650), "Days that these counts are kept, today included"),
    Setting(
        "pinned_file",
        Path("pinned.txt"),
        Path,
        "Staff's list of questions whose answers matter, a path from index_dir; it need not exist",
    ),
    Setting(
        "most_loss_percent",
        10,
        _between(0, 100),
        "How many of the best results a new build may lose, in %, before `khobao index --compare` asks",
    ),
    Setting(
        "staff_password_hash",
        "",
        _password_hash,
        "What `khobao staff password` prints; without it there are no staff pages",
        is_secret=True,
    ),
    Setting("uploads_dir", Path("uploads"), Path, "Folder that articles go to which staff take in on their pages"),
    Setting("max_upload_mb", 100, _between(1, 10_000), "Largest upload to the staff pages, all files together, in MB"),
    Setting(
        "authors_file",
        Path("authors.txt"),
        Path,
        "Staff's list of the names that one author signs with, a path from index_dir; it need not exist",
    ),
    Setting("newspaper", "", str.strip, "Name of the newspaper, as citations give it; Kho Báo where it is not set"),
    Setting("reader_reports", True, _yes_or_no, "Whether readers can report mistakes in articles"),
    Setting(
        "requests_per_minute",
        600,
        _between(0, 1_000_000),
        "Requests a minute that one address may send to one worker before it gets a 429; 0 is no limit",
    ),
    Setting(
        "trusted_proxies",
        0,
        _between(0, 10),
        "Proxies in front of the server, whose X-Forwarded-For, X-Forwarded-Proto and X-Request-ID are believed",
    ),
    Setting(
        "api_cors_origins",
        "",
        _origins,
        "Sites whose scripts may read the API: `https://a.example, https://b.example`; `*` for all",
    ),
    Setting(
        "log_requests", False, _yes_or_no, "Whether the server logs a line for each request: id, path, status, time"
    ),
    Setting(
        "max_export", 10_000, _between(1, 1_000_000), "Most articles in one file of results that a reader takes along"
    ),
    Setting("metrics_port", 0, _between(0, 65535), "Port on this machine that tells Prometheus numbers; 0 for none"),
    Setting(
        "columns",
        Columns(),
        read_columns,
        "What the fields of articles are called in other people's CSV and JSON: `title=tieu_de, published=gio+ngay`",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; one field for each row of `TABLE`, which explains it."""

    index_dir: Path = Path("index_data")
    seeds_dir: Path = Path("seeds")
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 4
    page_size: int = 10
    max_page_size: int = 100
    max_query_chars: int = 500
    max_source_mb: int = 20
    writer_memory_mb: int = 512
    build_workers: int = 0
    cache_mb: int = 32
    query_budget_ms: int = 250
    watch_settle_seconds: float = 3
    watch_poll_seconds: float = 0
    engine: str = "whoosh"
    opensearch_url: str = ""
    opensearch_user: str = ""
    opensearch_password: str = field(default="", repr=False)
    opensearch_ca: str = ""
    opensearch_prefix: str = "khobao"
    opensearch_shards: int = 1
    opensearch_replicas: int = 1
    opensearch_timeout_s: int = 10
    kept_builds: int = 2
    synonyms_file: Path = Path("synonyms.txt")
    count_searches: bool = True
    searches_kept_days: int = 90
    pinned_file: Path = Path("pinned.txt")
    most_loss_percent: int = 10
    staff_password_hash: str = ""
    uploads_dir: Path = Path("uploads")
    max_upload_mb: int = 100
    authors_file: Path = Path("authors.txt")
    requests_per_minute: int = 600
    trusted_proxies: int = 0
    api_cors_origins: str = ""
    log_requests: bool = False
    max_export: int = 10_000
    metrics_port: int = 0
    newspaper: str = ""
    reader_reports: bool = True
    columns: Columns = Columns()

    @property
    def synonyms_path(self) -> Path:
        """Where `synonyms_file` is."""
        return self.index_dir / self.synonyms_file

    @property
    def pinned_path(self) -> Path:
        """Where `pinned_file` is."""
        return self.index_dir / self.pinned_file

    @property
    def authors_path(self) -> Path:
        """Where `authors_file` is."""
        return self.index_dir / self.authors_file


def load_settings(environment: Mapping[str, str] | None = None, file: Path | None = None, **overrides: Any) -> Settings:
    """Put the settings together; later sources win: defaults, file, environment, `overrides` that are not None.

    The file is `khobao.toml` in the working folder unless KHOBAO_SETTINGS names another.

    Raises:
        SettingsError: a value is unusable, a name unknown, or the named file unreadable.
    """
    environment = os.environ if environment is None else environment
    values = _from_file(file or _settings_file(environment)) | _from_environment(environment)
    values |= {name: value for name, value in overrides.items() if value is not None}
    known = {each.name for each in fields(Settings)}
    if unknown := sorted(set(values) - known):
        raise SettingsError(f"Unknown setting: {', '.join(unknown)}.", f"Known are: {', '.join(sorted(known))}")
    return Settings(**values)


def _settings_file(environment: Mapping[str, str]) -> Path | None:
    named = environment.get("KHOBAO_SETTINGS")
    if named:
        return Path(named)
    default = Path(SETTINGS_FILE)
    return default if default.is_file() else None


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as settings: {error}", "Mend the file.") from error
    readers = {setting.name: setting for setting in TABLE}
    return {
        name: _read(readers[name], value if isinstance(value, dict) else str(value), str(path))
        if name in readers
        else value
        for name, value in table.items()
    }


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    return {
        setting.name: _read(setting, environment[setting.variable], setting.variable)
        for setting in TABLE
        if environment.get(setting.variable)
    }


def _read(setting: Setting, text: str | dict[str, Any], where: str) -> Any:
    """A table (`[columns]` in the file) comes as it is; a setting that takes none raises TypeError for it."""
    try:
        return setting.read(text)
    except (TypeError, ValueError) as error:
        given = setting.name if setting.is_secret else f"{setting.name} = {text!r}"
        raise SettingsError(
            f"{where}: {given} is not usable ({error}).",
            f"Default: {setting.default!r}" if setting.is_secret else f"Default: {setting.default}",
        ) from error
