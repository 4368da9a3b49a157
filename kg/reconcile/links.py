"""Accepted links in the alias file: appended for review, everything that stands there left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.vocabulary import OWL_SAME_AS, entity_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.reconcile.scoring import Choice


def with_links(text: str, links: Iterable[tuple[Choice, str]], *, base: str, service: str) -> str:
    """Return the text of an alias file with a line for each link that it does not hold yet, sorted by entity.

    A line is a statement on the entity's key alone: it says nothing of names, and leaves resolution as it is.
    """
    lines = [_line(choice, link, base) for choice, link in sorted(links, key=lambda item: (item[0].key, item[1]))]
    fresh = [line for line in lines if line.partition(" . ")[0] not in text]
    if not fresh:
        return text
    return f"{text.rstrip()}\n\n{_heading(service)}{''.join(fresh)}".lstrip("\n")


def _heading(service: str) -> str:
    return f"# Links proposed by kg reconcile ({_on_one_line(service)}): review them, remove what is wrong.\n"


def _line(choice: Choice, link: str, base: str) -> str:
    why: Sequence[str] = (f"{choice.label}: {choice.candidate.name}", f"{choice.bits:.1f} bits", *choice.reasons)
    return f"<{entity_iri(base, choice.key)}> <{OWL_SAME_AS}> <{link}> . # {_on_one_line('; '.join(why))}\n"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
