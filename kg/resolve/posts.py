"""Posts of persons as evidence: two different posts at once speak for two persons of one name, a shared one for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.model import Modality
from kg.naming import Kind, tokens
from kg.naming.comparison import compare_names

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

TWO_POSTS_BITS: Final = -10.0
"""Two posts at once, at two organisations: of persons who head something one in a thousand heads another as well,
unless the same company is around both (which neighbours tell)."""
LATER_POST_BITS: Final = -3.0
"""Two posts that may follow each other: a move in a year or two is common."""
SHARED_POST_BITS: Final = 5.0
"""Both hold, or held, a post at one organisation: namesakes there are rare, but large bodies have some."""
AT_ONCE_DAYS: Final = 366
"""Days between two articles within which posts that they state count as held at once."""

SIDE_POSTS: Final = frozenset(
    "adviser advisor ambassador board chair co-founder cofounder consultant counsellor delegate director expert "
    "fellow founder initiator investor member mentor observer owner panelist partner patron shareholder speaker "
    "trustee".split()
)
"""Nouns of posts that go with a main post elsewhere: they say nothing against one person."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as one article states it: `organization` is its name there, `published` the day of the article."""

    organization: str
    role: str
    modality: Modality
    published: date | None = None

    @property
    def is_main(self) -> bool:
        """Whether it is held now and leaves no room for another of its kind."""
        return self.modality is Modality.ASSERTED and not SIDE_POSTS.intersection(tokens(self.role))

    def __str__(self) -> str:
        """The post in words."""
        return f"{self.role} of {self.organization}"


def post_evidence(left: Collection[Post], right: Collection[Post]) -> tuple[float, str]:
    """Return what the posts of two persons say of their being one, in bits and words; symmetric, 0.0 for nothing."""
    pairs = [sorted((a, b), key=post_order) for a in left for b in right]
    shared = [a.organization for a, b in pairs if _one_organization(a, b)]
    if shared:
        return SHARED_POST_BITS, f"both with {min(shared)}"
    clashes = [(a, b) for a, b in pairs if a.is_main and b.is_main]
    if not clashes:
        return 0.0, ""
    at_once = [(a, b) for a, b in clashes if _days_apart(a, b) <= AT_ONCE_DAYS]
    first, second = min(at_once or clashes, key=lambda pair: (post_order(pair[0]), post_order(pair[1])))
    if at_once:
        return TWO_POSTS_BITS, f"two posts at once: {first} / {second}"
    return LATER_POST_BITS, f"two posts: {first} / {second}"


def post_order(post: Post) -> tuple[str, str, str, str]:
    """Return a key that orders posts."""
    return (post.organization, post.role, post.modality, str(post.published))


def _one_organization(a: Post, b: Post) -> bool:
    return compare_names(a.organization, b.organization, Kind.ORGANIZATION)[0] > 0


def _days_apart(a: Post, b: Post) -> int:
    if a.published is None or b.published is None:
        return 0
    return abs((a.published - b.published).days)
