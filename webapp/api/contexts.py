"""What `api.html` gets; see `webapp.contexts`."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.contexts import SearchForm


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter in the form of an operation."""

    id: str
    """Tells it from the fields of other forms."""
    name: str
    """The parameter."""
    about: str
    """What it means."""
    choices: tuple[str, ...]
    """The values it may have, where those are few."""
    largest: int
    """The largest number it may be, 0 if it is no number."""
    example: str
    """What it holds at first."""
    required: bool
    """Whether there is no answer without it."""


@dataclass(frozen=True, slots=True)
class OperationForm:
    """One operation, to be tried."""

    name: str
    """Its name in the document."""
    summary: str
    """What it is for."""
    path: str
    """Its address, with `{name}` where a parameter goes."""
    shown: tuple[Field, ...]
    """The parameters that matter most."""
    folded: tuple[Field, ...]
    """The others, where there are many."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What a problem type means."""

    anchor: str
    """Where its URI leads."""
    status: int
    """The HTTP status it comes with."""
    text: str
    """What happened, and what to do."""


@dataclass(frozen=True, slots=True)
class ApiPage:
    """`api.html`."""

    form: SearchForm
    """The search box."""
    try_url: str
    """Where the forms lead: to the address they make."""
    document_url: str
    """The OpenAPI document."""
    operations: tuple[OperationForm, ...]
    """All of them."""
    problems: tuple[ProblemKind, ...]
    """Kinds of problems."""
