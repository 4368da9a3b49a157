"""What stands beside names: years of events, short names in brackets, owners, listed places, titles and their body."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.extract.lexicon.calendar import MONTH_WORD, SEASON_WORD
from kg.extract.names.mentions import has_capital
from kg.naming import normal_form
from kg.naming.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from kg.extract.names.lexicon import Lexicon
    from kg.extract.names.mentions import NameSpan
    from kg.model import Article

# Words of a place that a name may begin with: "Macao", "Hong Kong".
_PLACE_WORDS = (1, 2)
_OWNED = (Kind.ORGANIZATION, Kind.FACILITY)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
# Behind one of these a year is a date of its own: "In 2021 Web Summit moved", "In early May 2021", "On May 4, 2021".
_BEFORE_DATES = re.compile(
    rf"in|since|from|until|till|by|during|of|after|before|and|to|early|late|mid-?|\d.*|{MONTH_WORD}|{SEASON_WORD}",
    re.IGNORECASE | re.ASCII,
)
# Lemmas before a preposition behind which a whole stands: "part of Acme", "split from Acme", "owned by Acme".
_PARTED = {
    "of": frozenset("part unit arm subsidiary division daughter child offshoot spin-off out".split()),
    "from": frozenset("split spin separate emerge off out away".split()),
    "by": frozenset("own control".split()),
    "to": frozenset(("belong",)),
}


def with_editions(doc: Doc, names: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """The year of an event belongs to its name, for each is another one: "the 2021 Canal Forum", "Web Summit 2023"."""
    for name in names:
        if name.kind is not Kind.EVENT or not has_capital(name.surface):
            yield name
            continue
        start = name.start - _is_edition(doc, name.start - 1)
        end = name.end + (start == name.start and name.end < len(doc) and bool(_YEAR.fullmatch(doc[name.end].text)))
        span = doc[start:end]
        yield replace(name, start=start, end=end, start_char=span.start_char, end_char=span.end_char, surface=span.text)


def _is_edition(doc: Doc, word: int) -> bool:
    """Whether a word is a year that stands as no date of its own."""
    if word < 0 or not _YEAR.fullmatch(doc[word].text):
        return False
    if word == 0 or doc[word].is_sent_start:
        return True
    before = doc[word - 2] if doc[word - 1].text == "," and word > 1 else doc[word - 1]
    return not _BEFORE_DATES.fullmatch(before.text)


def with_listed_places(doc: Doc, names: Sequence[NameSpan], lexicon: Lexicon) -> list[NameSpan]:
    """Places listed at the front of a name belong to it: "Guangdong, Hong Kong and Macao Bay Alliance".

    The last name must itself begin with a place and be more than one, or end in a noun of places where the list has an
    article: "the Dunmore, Selby and Harrow Bay Area". Only commas and "and" may stand between.
    """
    places = {normal_form(name.surface) for name in names if name.kind is Kind.PLACE}
    result: list[NameSpan] = []
    for name in names:
        listed = _listed_before(doc, result, name)
        if listed and (_begins_with_place(name, places) or _is_area(doc, result[-listed], name, lexicon)):
            first = result[-listed]
            surface = doc.text[first.start_char : name.end_char]
            result[-listed:] = [replace(name, start=first.start, start_char=first.start_char, surface=surface)]
        else:
            result.append(name)
    return result


def _begins_with_place(name: NameSpan, places: set[str]) -> bool:
    form = normal_form(name.surface)
    words = form.split()
    return form not in places and any(" ".join(words[:size]) in places for size in _PLACE_WORDS)


def _is_area(doc: Doc, first: NameSpan, name: NameSpan, lexicon: Lexicon) -> bool:
    """Whether a list of places from `first` to `name` is one place: listed places have no article of their own."""
    has_article = first.start > 0 and doc[first.start - 1].lower_ == "the"
    return has_article and name.kind is Kind.PLACE and bool(lexicon.from_head(name.surface.split()))


def _listed_before(doc: Doc, before: Sequence[NameSpan], name: NameSpan) -> int:
    """How many places end right before the name in a list whose last member is joined to it by "and"."""
    if not _follows_place(doc, before, name, "and"):
        return 0
    first = len(before) - 1
    while _follows_place(doc, before[:first], before[first], ","):
        first -= 1
    return len(before) - first


def _follows_place(doc: Doc, before: Sequence[NameSpan], name: NameSpan, sign: str) -> bool:
    """Whether a place stands right before the name, with only `sign` (or a comma before it) between."""
    if not before or before[-1].kind is not Kind.PLACE:
        return False
    between = [t.text for t in doc[before[-1].end : name.start]]
    return between in ([sign], [",", sign])


def with_acronyms(doc: Doc, names: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Mark a short name in brackets right after a full one: "Bay Trade Network (BTN)", also in quotes there."""
    for before, name in zip([None, *names], names, strict=False):
        if before is not None and name.concept is None and _in_brackets_behind(doc, before, name):
            yield replace(name, acronym_of=before.surface)
        else:
            yield name


def _in_brackets_behind(doc: Doc, before: NameSpan, name: NameSpan) -> bool:
    bracket = name.start - 1
    while bracket > 0 and (doc[bracket].is_quote or doc[bracket].lower_ == "the"):  # (the "BTN")
        bracket -= 1
    return bracket > 0 and doc[bracket].text in ("(", "[") and before.end >= bracket - 1


def with_owners(doc: Doc, names: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """A unit's full name carries its owner: "Innovation Center of the University of Macau"."""
    for name, owner in zip_longest(names, names[1:]):
        if owner is not None and _is_owned(doc, name, owner):
            yield replace(name, full=doc.text[name.start_char : owner.end_char], full_end=owner.end_char)
        else:
            yield name


def _is_owned(doc: Doc, name: NameSpan, owner: NameSpan) -> bool:
    if name.kind not in _OWNED or owner.kind is not Kind.ORGANIZATION or name.concept is not None:
        return False
    return [t.lower_ for t in doc[name.end : owner.start]] in (["of"], ["of", "the"])


def with_wholes(doc: Doc, names: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """Mark names of which something is said to be part, or to come from: "which split from Acme"."""
    for name in names:
        last = name.start - 1
        if last > 0 and doc[last].lower_ == "the":
            last -= 1
        parted = _PARTED.get(doc[last].lower_, frozenset()) if last > 0 else frozenset()
        yield replace(name, is_whole=True) if parted and doc[last - 1].lemma_.lower() in parted else name


def with_titles(article: Article, names: Sequence[NameSpan]) -> list[NameSpan]:
    """Names in a title line count only if the body knows them: headline case makes names of common words."""
    if article.title_span is None:
        return list(names)
    title_end = article.title_span.end
    body = {normal_form(name.surface) for name in names if name.start_char >= title_end}
    words = {word for form in body for word in form.split()}
    kept = []
    for name in names:
        form = normal_form(name.surface)
        if name.start_char >= title_end:
            kept.append(name)
        elif name.concept is not None or form in body or words.issuperset(form.split()):
            kept.append(replace(name, in_title=True))
    return kept
