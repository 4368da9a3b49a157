"""Which candidate of a service an entity is, in bits of evidence: names first, then what the service says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.naming import KINDS, Kind
from kg.naming.comparison import compare_names, explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Entity
    from kg.reconcile.client import Candidate

ACCEPT_BITS: Final = 9.0
"""Evidence from which a link is written for review: a full name that agrees, or a lesser one that the service is sure
of. Higher than for names within the articles, since a service knows thousands of namesakes."""
MARGIN_BITS: Final = 2.0
"""By how much the best candidate must lead: two of one name are left to a person."""
MATCH_BITS: Final = 3.0
"""The service itself is sure; it has seen its own names, and none of our articles."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best candidate of an entity. `accepted` says whether the evidence suffices and no other is as good."""

    key: str
    label: str
    candidate: Candidate
    bits: float
    reasons: tuple[str, ...]
    accepted: bool


def choose(entity: Entity, candidates: Sequence[Candidate], *, accept: float = ACCEPT_BITS) -> Choice | None:
    """Weigh an entity's candidates and return the best one; None where there is none, or nothing speaks for any."""
    weighed = sorted(((*_weigh(entity, each), each) for each in candidates), key=lambda row: (-row[0], row[2].id))
    if not weighed or weighed[0][0] <= 0:
        return None
    bits, reasons, best = weighed[0]
    second = weighed[1][0] if len(weighed) > 1 else bits - MARGIN_BITS
    clear = bits - second >= MARGIN_BITS
    if not clear:
        reasons = (*reasons, f"{weighed[1][2].id} fits as well")
    return Choice(entity.key, entity.label, best, bits, reasons, clear and bits >= accept)


def _weigh(entity: Entity, candidate: Candidate) -> tuple[float, tuple[str, ...]]:
    kind = next((KINDS[name] for name in entity.classes if name in KINDS), Kind.THING)
    names = sorted({entity.label, *entity.aliases}, key=lambda name: (name != entity.label, name))
    bits, reason = max((compare_names(name, candidate.name, kind) for name in names), key=lambda found: found[0])
    reasons = [explain(reason, bits)]
    if candidate.match:
        bits += MATCH_BITS
        reasons.append(explain("the service is sure", MATCH_BITS))
    return round(bits, 3), tuple(reasons)
