"""The name types of the reading model and their tags."""

from __future__ import annotations

from typing import Final

NAME_TYPES: Final = (
    "Person",
    "Company",
    "Alliance",
    "Association",
    "GovernmentBody",
    "University",
    "Organization",
    "City",
    "Region",
    "Country",
    "Place",
    "Facility",
    "Product",
    "Platform",
    "Technology",
    "Sector",
    "Project",
    "Document",
    "Event",
    "Misc",
    "Date",
    "Number",
    "Nationality",
)
# Tag 0 is "no name"; type t begins with tag 1 + 2t and goes on with tag 2 + 2t.
TAG_COUNT: Final = 1 + 2 * len(NAME_TYPES)


def begin_tag(type_index: int) -> int:
    """Give the tag of the first word of a name of this type."""
    return 1 + 2 * type_index


def inside_tag(type_index: int) -> int:
    """Give the tag of the second and later words of a name of this type."""
    return 2 + 2 * type_index
