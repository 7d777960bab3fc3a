"""Everything that can go wrong, as one tree. Each error carries its data and says what to do next.

KhobaoError
├── SettingsError          a setting or its file is not usable
├── WorkerLost             a process that analyses articles died
├── SourceNotFound         a path given to index does not exist
├── SourcesUnknown         the index is to be made anew, but from what is no longer known
├── LastLookUnknown        no run has looked at all of a path, so "since the last one" means nothing
├── NothingToRemove        no article came from the paths given
├── ArticleUnknown         the archive holds no such article
├── IndexBusy              another process is writing the index
├── IndexUnwritable        the disk is full, broken or read-only, or rights are missing
├── SwitchLost             another machine made another build live meanwhile
├── BuildUnknown           there is no build of that name
├── BuildUnusable          a build that was to be made live is not there, not whole, or of another version
├── BuildKept              a build that was to be dropped is one to keep
├── NothingToReturnTo      there is no whole build before the live one
├── WrongWriter            Whoosh's own writer was used on the index
├── IndexUnavailable
│   ├── IndexMissing       nothing has been indexed yet
│   ├── IndexIncompatible  the index was made by another format or analysis version
│   ├── ClusterAway        the cluster that holds the index does not answer
│   ├── ClusterRefused     the cluster answers, but does not do what it is asked for
│   └── IndexDamaged       a file of the index is missing or altered
│       └── IndexUnreadable    a file of the index may not, or cannot, be read
├── StaffListUnreadable    a list that staff keep (synonyms, authors) cannot be opened
├── StaffListUnwritable    nothing can be added to it
├── CorrectionsUnreadable  a file of corrections cannot be read, or an entry of it
├── CorrectionsUnwritable  it cannot be written
├── CorrectionRefused      no article can be corrected so
├── NothingToUndo          the article has no correction
├── PinnedUnreadable       the staff's list of pinned questions cannot be opened
├── RemovalRefused         a run would remove most of the archive
├── CannotListen           the server cannot have the address it was told
└── ModelError             the word segmentation model is missing or altered

What a *reader* types is never an error: it becomes a result with notices.
What a *source file* holds is never an error: it becomes a `Rejected`.
"""

from __future__ import annotations

from pathlib import Path


class KhobaoError(Exception):
    """Base of all our errors; `str(error)` is one sentence for a person, `next_step` another."""

    next_step: str = ""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        if next_step:
            self.next_step = next_step


class SettingsError(KhobaoError):
    """A setting has an unusable value, or the settings file cannot be read."""


class WorkerLost(KhobaoError):
    """A process that analyses articles ended before its work was done."""

    def __init__(self, status: int) -> None:
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        super().__init__(
            f"A process that analyses articles {how}; nothing was changed.",
            "Run the command again. If memory is short: KHOBAO_BUILD_WORKERS=1 takes the least.",
        )
        self.status = status


class SourceNotFound(KhobaoError):
    """A path given to `khobao index` does not exist; nothing was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: no such file or folder; nothing was changed.",
            "Check the path. To take its articles out of the archive: khobao index --remove PATH"
            " (with --rebuild: add --allow-removal).",
        )
        self.path = path


class SourcesUnknown(KhobaoError):
    """The table of sources is lost: making the index from the default folder could replace the archive by it."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(
            f"{index_dir} no longer says which folders its articles came from; nothing was changed.",
            "If khobao builds lists a whole build: khobao rollback makes it live."
            " Otherwise name all folders: khobao index --rebuild PATH ...",
        )
        self.index_dir = index_dir


class LastLookUnknown(KhobaoError):
    """`--since last` was given for a path that no run has looked at, as far as the live index knows."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The index does not say when all of {path} was last looked at; nothing was changed.",
            "Leave --since out once, or give a day: --since 1/7/2020",
        )
        self.path = path


class NothingToRemove(KhobaoError):
    """`--remove` was given paths that no article came from."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__(f"No article came from {', '.join(map(str, paths))}; nothing was changed.", "Check the path.")
        self.paths = paths


class ArticleUnknown(KhobaoError):
    """The archive holds no article with this id or title: it was not indexed, or is called otherwise."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The archive holds no article {name!r}.",
            "Find its id: khobao search WORDS OF ITS TITLE. If it is not there, index its file, and see whether it is"
            " among the rejected: khobao index PATH",
        )
        self.name = name


class IndexBusy(KhobaoError):
    """Another process holds the write lock."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            f"The index is being written by {holder}.",
            "Wait until it has finished, then try again.",
        )
        self.holder = holder


class IndexUnwritable(KhobaoError):
    """The system refuses to write: no room, no right, or a disk that fails. The live build is untouched."""

    def __init__(self, path: Path, reason: str, next_step: str) -> None:
        super().__init__(f"{path} cannot be written: {reason}; the index goes on as it was.", next_step)
        self.path, self.reason = path, reason


class SwitchUncertain(KhobaoError):
    """The disk failed right after a build was made live: readers get it, but a power cut may take it back."""

    def __init__(self, name: str, folder: Path, reason: str) -> None:
        super().__init__(
            f"Build {name} is live, but {folder} fails: {reason}; a power cut may bring back the build before.",
            "See the system's log, and move the folder to another disk.",
        )
        self.name, self.folder, self.reason = name, folder, reason


class SwitchLost(KhobaoError):
    """Another machine made another build live while this one was made."""

    def __init__(self, name: str, live: str) -> None:
        super().__init__(
            f"The build {name} was not made live: by now {live} is.",
            "Run the same command again: it begins with the build that is live now.",
        )
        self.name, self.live = name, live


class BuildUnknown(KhobaoError):
    """A build was named that is not there; "" where none was named and none is waiting."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no build {name}." if name else "No build is waiting.", "See: khobao builds")
        self.name = name


class BuildUnusable(KhobaoError):
    """A build that was to be made live is not there, is not whole, or is of another version."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Build {name} cannot be made live: {reason}; nothing was changed.", "See: khobao builds")
        self.name, self.reason = name, reason


class BuildKept(KhobaoError):
    """A build that was to be dropped is not there, does not wait, or cannot be removed."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"Build {name} was not dropped: {reason}; nothing was changed.", "See: khobao builds")
        self.name, self.reason = name, reason


class NothingToReturnTo(KhobaoError):
    """No build before the live one is whole and of this program's version."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(
            f"{index_dir} holds no whole build from before the live one; nothing was changed.",
            "See what there is: khobao builds. To make the index anew from the articles: khobao index --rebuild",
        )
        self.index_dir = index_dir


class WrongWriter(KhobaoError):
    """Whoosh's own writer would turn the index back into its own, slower format."""

    def __init__(self) -> None:
        super().__init__(
            "Whoosh's own writer cannot write this index; nothing was changed.",
            "Add and remove articles with: khobao index",
        )


class IndexUnavailable(KhobaoError):
    """There is no index that could be searched."""


class IndexMissing(IndexUnavailable):
    """Nothing has been indexed into this folder yet."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(f"{index_dir} holds no index yet.", "Make one: khobao index")
        self.index_dir = index_dir


class ClusterAway(IndexUnavailable):
    """The cluster that holds the index does not answer, or cannot at the moment."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"The OpenSearch cluster at {where} does not answer ({reason}).",
            "Look whether the cluster runs and can be reached from here, then try again.",
        )
        self.where, self.reason = where, reason


class ClusterRefused(IndexUnavailable):
    """The cluster answers, but refuses: an unknown user, a missing right, an index that is not there.

    `status` is HTTP's, 0 where it did not come so far; `kind` is what OpenSearch calls the reason.
    """

    def __init__(self, where: str, status: int, kind: str, reason: str) -> None:
        super().__init__(
            f"The OpenSearch cluster at {where} refuses ({reason}).",
            _ADVICE.get(status, "See the cluster's log, then try again."),
        )
        self.where, self.status, self.kind, self.reason = where, status, kind, reason


_ADVICE = {
    0: "Check the addresses in opensearch_url, and that opensearch_ca names the certificate that vouches for them.",
    401: "Check opensearch_user and opensearch_password.",
    403: "Give the user in opensearch_user all rights on the indexes that begin with opensearch_prefix; where the"
    " reason names a block, free room on the disks of the cluster.",
}


class IndexIncompatible(IndexUnavailable):
    """The index was written by another version of the format or of the analysis."""

    def __init__(self, what: str, found: object, expected: object) -> None:
        super().__init__(
            f"The index has {what} {found}; this program reads {expected}.",
            "Make it anew beside the old one: khobao index --rebuild",
        )
        self.what, self.found, self.expected = what, found, expected


class IndexDamaged(IndexUnavailable):
    """A file of the index is missing, cut short or altered."""

    def __init__(self, problem: str, next_step: str = "Make it anew from the articles: khobao index --rebuild") -> None:
        super().__init__(f"The index is damaged: {problem}.", next_step)
        self.problem = problem


class IndexUnreadable(IndexDamaged):
    """A file of the index is there, but the system does not give its content."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be read ({reason})",
            f"Give the user who runs this command the right to read {path.parent} and all below. If it has it: the disk"
            " fails; see the system's log, then: khobao check",
        )
        self.path, self.reason = path, reason


class RemovalRefused(KhobaoError):
    """A run would take most of the archive away, as an unmounted folder would."""

    def __init__(self, removed: int, held: int) -> None:
        super().__init__(
            f"This run would remove {removed} of {held} articles; nothing was changed.",
            "Is a folder not mounted? If the removal is meant, run the same command with --allow-removal.",
        )
        self.removed, self.held = removed, held


class StaffListUnreadable(KhobaoError):
    """A list that staff keep cannot be opened, or cannot be added to as it is no text. `setting` names its file."""

    def __init__(self, path: Path, reason: str, setting: str) -> None:
        super().__init__(f"{path}: cannot be read: {reason}.", f"Mend the file, or name another: {setting}.")
        self.path, self.reason = path, reason


class StaffListUnwritable(KhobaoError):
    """A list that staff keep cannot be written; it is as it was. `setting` names its file."""

    def __init__(self, path: Path, reason: str, setting: str) -> None:
        super().__init__(
            f"{path}: cannot be written: {reason}; nothing was changed.",
            f"Make its folder writable, or name another file: {setting}.",
        )
        self.path, self.reason = path, reason


class CorrectionsUnreadable(KhobaoError):
    """A file of corrections, or the entry that is to be changed, cannot be read: writing could lose what it says."""

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        place = f"{path}:{line}" if line else path
        super().__init__(f"{place}: {reason}; nothing was changed.", "Mend the file, then try again.")
        self.path, self.reason, self.line = path, reason, line


class CorrectionsUnwritable(KhobaoError):
    """A file of corrections cannot be written; it is as it was."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path}: cannot be written: {reason}; nothing was changed.",
            "Corrections stand beside the articles: make the folder writable for this user, or write the entry as one"
            " who may.",
        )
        self.path, self.reason = path, reason


class CorrectionRefused(KhobaoError):
    """The correction has a value that no article can have, or its source is not there."""

    def __init__(self, article_id: str, reason: str) -> None:
        super().__init__(f"The correction of {article_id!r} {reason}; nothing was changed.")
        self.article_id, self.reason = article_id, reason


class NothingToUndo(KhobaoError):
    """The article has no correction that could be undone."""

    def __init__(self, article_id: str, path: str) -> None:
        super().__init__(f"{path} has no correction of {article_id!r}; nothing was changed.")
        self.article_id, self.path = article_id, path


class PinnedUnreadable(KhobaoError):
    """The staff's list of pinned questions cannot be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: cannot be read: {reason}.", "Mend the file, or name another: pinned_file.")
        self.path, self.reason = path, reason


class ReportsFull(KhobaoError):
    """So many reports of readers wait for the staff that no more are taken."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(f"{path}: {most} reports of readers wait.", "See them: khobao problems --kind reader-report")
        self.path = path


class CannotListen(KhobaoError):
    """The server cannot have the address and port it was told to serve at."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"Cannot serve at {host}, port {port}: {reason}.",
            "Stop the program that serves there, or choose another with --port (0 takes a free one) or --host.",
        )
        self.host, self.port, self.reason = host, port, reason


class ModelError(KhobaoError):
    """pyvi's model files are missing or are not the ones this program was tested with."""
