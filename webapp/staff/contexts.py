"""What the staff's templates get, as in `webapp.contexts`: one frozen dataclass a template, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.staff.speech import Speech


@dataclass(frozen=True, slots=True)
class NavLink:
    """One page in the navigation."""

    label: str
    """Its name."""
    url: str
    """Its address."""
    current: bool
    """Whether it is the page shown."""


@dataclass(frozen=True, slots=True)
class StaffLayout:
    """`staff/base.html`, and with it every staff page."""

    is_signed_in: bool
    """Whether there is somebody to be signed out."""
    links: tuple[NavLink, ...]
    """The staff pages."""
    sign_out_url: str
    """Where the form to sign out is sent."""
    csrf_token: str
    """What every form must send along to be taken as ours."""
    style_url: str
    """The style sheet of the staff pages, beside that of all pages."""
    script_url: str
    """The script of the staff pages: progress without loading the page anew."""


@dataclass(frozen=True, slots=True)
class StaffErrorPage:
    """`staff/error.html`."""

    status: int
    """The HTTP status."""
    title: str
    """What happened."""
    text: Speech
    """What it means and what can be done."""
    back_url: str
    """The page to go on from."""


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`staff/sign_in.html`."""

    next: str
    """The page that was wanted."""
    error: str
    """Why the password was not taken, "" before one was sent."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`staff/_progress.html`: how far a run is."""

    text: str
    """In words."""
    done: int
    """Files behind it."""
    files: int
    """Files in all, 0 while that is not known."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run in a list."""

    url: str
    """Its page."""
    started: str
    """Day and time in words."""
    started_iso: str
    """The same for machines."""
    state: str
    """How it stands or ended, in words."""
    is_bad: bool
    """Whether it failed or was killed."""
    told: Speech
    """What it did, or how far it is."""


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`staff/overview.html`."""

    size: str
    """The size of the archive, "" if there is none."""
    build: str
    """The name of the build that answers readers."""
    trouble: Speech
    """Why nothing can be searched; empty if all is well."""
    running: RunRow | None
    """The run that is under way."""
    runs: tuple[RunRow, ...]
    """The last runs, the newest first."""
    start_url: str
    """Where the form to start a run is sent."""
    upload_url: str
    """The page to take articles in."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts."""

    name: str
    """What is counted."""
    number: str
    """How many, written in the page's language."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: an article, or something about a file."""

    text: Speech
    """The title, or the sentence."""
    url: str
    """The article, "" where there is none."""
    place: str
    """The file and line it is about, or both paths of one that moved; "" for articles."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a report, cut at a sensible length."""

    name: str
    """What is listed."""
    lines: tuple[Listed, ...]
    """Its beginning."""
    left_out: str
    """How many more there are, in words; "" if none."""


@dataclass(frozen=True, slots=True)
class RunPage:
    """`staff/run.html`."""

    heading: str
    """How the run stands."""
    started: str
    """Day and time in words, "" before it has begun."""
    started_iso: str
    """The same for machines."""
    is_over: bool
    """Whether nothing more is to be expected of it."""
    progress: Progress
    """How far it is."""
    events_url: str
    """Where its progress is told as it goes on."""
    paths: tuple[str, ...]
    """The folders and files it was told to read; empty for all that the archive is made of."""
    trouble: Speech
    """Why it failed; empty unless it did."""
    next_step: Speech
    """What to do about that."""
    summary: str
    """What it did, in a sentence."""
    counts: tuple[Count, ...]
    """What it did, in numbers."""
    lists: tuple[Listing, ...]
    """What it did, one by one."""
    impact: ImpactView | None
    """What its build changes for readers, if that was looked at."""
    again_url: str
    """Where the form to run it once more is sent; "" where that would do something else."""
    run_id: str
    """What that form sends along."""


@dataclass(frozen=True, slots=True)
class UploadPage:
    """`staff/upload.html`."""

    error: Speech
    """Why nothing was taken, empty if nothing was sent."""
    limit: str
    """How much may be sent at once."""
    folder: str
    """Where the files go in the end."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done with a file."""

    value: str
    """What the form sends."""
    label: str
    """In words."""
    chosen: bool
    """Whether it is chosen unless somebody chooses otherwise."""


@dataclass(frozen=True, slots=True)
class CaptionRow:
    """The words under a photo."""

    text: str
    """The caption."""
    credit: str
    """Who took it, "" if nobody is named."""


@dataclass(frozen=True, slots=True)
class HeldNote:
    """What the archive holds already that is like an article."""

    text: str
    """In words."""
    url: str
    """That article."""
    title: str
    """Its title."""


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as it would be read."""

    title: str
    """Its title."""
    published: str
    """Day and time in words, "" if unknown."""
    authors: str
    """Their names, "" if none is known."""
    section: str
    """Its section, "" if none is known."""
    source: str
    """The paper or agency it was taken from, "" if none is known."""
    lead: str
    """Its lead, "" if it has none."""
    paragraphs: tuple[str, ...]
    """How it begins."""
    more: str
    """How many more paragraphs there are, in words; "" if none."""
    captions: tuple[CaptionRow, ...]
    """The words under its photos."""
    problems: tuple[str, ...]
    """What is wrong with it."""
    held: tuple[HeldNote, ...]
    """What the archive holds already."""


@dataclass(frozen=True, slots=True)
class FileDraft:
    """One uploaded file."""

    name: str
    """Its name."""
    field: str
    """The name of the field that says what to do with it."""
    count: str
    """How many articles it holds, in words."""
    remarks: tuple[Speech, ...]
    """What is to be said of the file: its character set, for one."""
    rejected: tuple[Listed, ...]
    """What of it cannot be read."""
    rejected_more: str
    """How much more cannot be, in words; "" if that is all."""
    articles: tuple[ArticleDraft, ...]
    """Its first articles."""
    articles_more: str
    """How many more it holds, in words; "" if that is all."""
    standing: str
    """What stands in the way of taking it as it is, "" if nothing does."""
    options: tuple[Option, ...]
    """What can be done with it; empty where it cannot be taken."""


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """`staff/preview.html`."""

    error: Speech
    """What was not taken in, and why, empty if nothing was tried."""
    summary: str
    """What was sent, in a sentence."""
    files: tuple[FileDraft, ...]
    """The files."""
    can_accept: bool
    """Whether there is any that can be taken in."""
    discard_url: str
    """Where the form to throw all of it away is sent."""
    running_url: str
    """The run that has to end first, "" if there is none."""


@dataclass(frozen=True, slots=True)
class KindLink:
    """One kind of problem."""

    name: str
    """What it is called."""
    url: str
    """The articles that have it."""
    count: str
    """How many do, written in the page's language."""
    current: bool
    """Whether it is the kind shown."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One article with a problem."""

    title: str
    """Its title, or its id where that is unknown."""
    url: str
    """The article as readers see it."""
    what: str
    """The problem, and what shows it."""
    path: str
    """The file it came from."""
    fix_url: str
    """The page to correct it, "" where it is not in the archive."""
    seen_url: str = ""
    """Where the form is sent that takes a reader's report off the list, "" for other problems."""
    other_url: str = ""
    """The article it is a copy of; "" where it is none."""


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """`staff/problems.html`."""

    summary: str
    """How many problems there are, in words."""
    kinds: tuple[KindLink, ...]
    """The kinds that occur, the gravest first; empty where nothing is wrong."""
    name: str
    """The kind shown."""
    why: str
    """Why it matters."""
    cure: str
    """What to do about it."""
    rows: tuple[ProblemRow, ...]
    """The articles, a page of them."""
    previous_url: str
    """The page before, "" on the first."""
    next_url: str
    """The page after, "" on the last."""
    is_whole: bool
    """Whether every article has been looked at for every kind."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A problem that staff may say is right so."""

    value: str
    """What the form sends."""
    label: str
    """The problem in words."""
    checked: bool
    """Whether it is chosen."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field that a correction changes."""

    name: str
    """The field."""
    before: str
    """What it was, "" for nothing."""
    after: str
    """What it becomes, "" for nothing."""


@dataclass(frozen=True, slots=True)
class FixPage:
    """`staff/fix.html`."""

    article: str
    """The title as it is now."""
    article_url: str
    """The article as readers see it."""
    error: Speech
    """Why nothing was done; empty if nothing was tried."""
    published: str
    """What the field holds: day and time as papers print them."""
    authors: str
    """What the field holds, a name on each line."""
    title: str
    """What the field holds."""
    lead: str
    """What the field holds."""
    section: str
    """What the field holds."""
    source: str
    """What the field holds."""
    captions: str
    """What the field holds, a caption on each line."""
    note: str
    """What the field holds."""
    reports: tuple[str, ...]
    """What readers say is wrong with it."""
    accepted: tuple[Accepted, ...]
    """The article's other problems."""
    undo: tuple[ChangeRow, ...]
    """What taking an earlier correction out would change; empty where there is none."""


@dataclass(frozen=True, slots=True)
class FixPreviewPage:
    """`staff/fix_preview.html`."""

    article: str
    """The title as it is now."""
    changes: tuple[ChangeRow, ...]
    """What changes."""
    file: str
    """The file it would be written into."""
    sent_along: tuple[tuple[str, str], ...]
    """Name and value of all that was typed."""
    back_url: str
    """The form again, as it was at first."""


@dataclass(frozen=True, slots=True)
class FixDonePage:
    """`staff/fix_done.html`."""

    heading: str
    """What was done."""
    file: str
    """The file it was written into."""
    start_url: str
    """Where the form to start a run is sent."""
    problems_url: str
    """The list of problems."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One question of readers."""

    text: str
    """The question as it was typed most often."""
    url: str
    """What it finds now."""
    told: str
    """How often it was asked, and how many articles it found, in words."""


@dataclass(frozen=True, slots=True)
class SearchesPage:
    """`staff/searches.html`."""

    summary: str
    """How many searches were counted, in words."""
    is_counting: bool
    """Whether searches are counted at all."""
    periods: tuple[NavLink, ...]
    """The lengths of time to choose from."""
    without_result: tuple[AskedRow, ...]
    """Questions that found nothing, the most frequent first."""
    frequent: tuple[AskedRow, ...]
    """The most frequent questions."""


@dataclass(frozen=True, slots=True)
class BuildRow:
    """One build."""

    name: str
    """Its name."""
    state: str
    """How it stands, in words."""
    told: str
    """When it was made, what it holds and takes, in words."""
    problem: Speech
    """Why it cannot be made live; empty where it can."""
    can_use: bool
    """Whether it can be made live, and is not."""
    can_drop: bool
    """Whether it waits for a yes, and so can be dropped."""


@dataclass(frozen=True, slots=True)
class BuildsPage:
    """`staff/builds.html`."""

    builds: tuple[BuildRow, ...]
    """The builds, the newest first."""
    can_roll_back: bool
    """Whether there is one to go back to."""
    use_url: str
    """Where the form to make one live is sent."""
    drop_url: str
    """Where the form to drop one is sent."""
    rollback_url: str
    """Where the form to go back is sent."""


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """One question that a new build answers otherwise."""

    text: str
    """The question."""
    told: str
    """How much is lost and gained, in words."""
    is_broken: bool
    """Whether it is pinned, and its article is no longer found where it should be."""
    lost: tuple[str, ...]
    """The articles lost from the first, with where they went."""


@dataclass(frozen=True, slots=True)
class ImpactView:
    """`staff/_impact.html`."""

    summary: str
    """What changes, in a sentence."""
    rows: tuple[ImpactRow, ...]
    """The questions, the worst first."""
    waiting_build: str
    """The build that waits for a yes, "" if it is live."""
    use_url: str
    """Where the form to make it live is sent."""
    drop_url: str
    """Where the form to drop it is sent."""
