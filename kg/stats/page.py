"""The figures as one page of pictures that opens from disk and asks the network for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from kg.stats import pictures
from kg.stats.figures import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.stats.figures import Figures


@dataclass(frozen=True, slots=True)
class Section:
    """A picture, what it shows in a sentence, and its numbers."""

    title: str
    words: str
    picture: Markup
    tallies: tuple[Tally, ...]


def render(figures: Figures, *, title: str = "The graph in figures", home: str | None = None) -> str:
    """The page; equal figures give equal bytes. `home` is an address that it leads back to."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.stats"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("stats.html").render(
        title=title, home=home, figures=figures, sections=list(sections(figures))
    )


def sections(figures: Figures) -> Iterator[Section]:
    """The pictures, in the order of the page; a picture of nothing is left out."""
    if figures.months:
        months = _without_gaps(figures.months)
        words = f"Facts by the month in which an article first reported them, and their sum, from {months[0].label} on."
        yield _section("Growth", words, pictures.columns(months, "Facts by month", running=True), months)
    yield _coverage("Classes", "entities", figures.classes)
    yield _coverage("Properties", "facts", figures.properties)
    if figures.named:
        words = "Entities by the number of articles that name them."
        yield _section("Most named", words, pictures.bars(figures.named, "Most named"), figures.named)
    if figures.degrees:
        words = "How many entities have how many facts, both on logarithmic scales: few hubs, many that are named once."
        picture = pictures.points(figures.degrees, "Facts by entity", x_name="facts", y_name="entities")
        yield _section("Facts by entity", words, picture, figures.degrees)
    if figures.confidences:
        steps = {each.label: each.count for each in figures.confidences}
        lowest = min(int(each.label) for each in figures.confidences)
        shown = tuple(Tally(f"{step / 20:.2f}", steps.get(str(step), 0)) for step in range(lowest, 20))
        words = "Facts by confidence, in steps of a twentieth; each step is named by its lower end."
        yield _section("Confidence", words, pictures.columns(shown, "Facts by confidence"), shown)
    if figures.modalities:
        words = "What articles state as done, as intended, and as over."
        yield _section("Modality", words, pictures.bars(figures.modalities, "Facts by modality"), figures.modalities)
    if figures.publishers:
        words = "Facts by the publisher of the articles that state them."
        yield _section("Sources", words, pictures.bars(figures.publishers, "Facts by publisher"), figures.publishers)


def _coverage(title: str, what: str, tallies: Sequence[Tally]) -> Section:
    """All classes or properties of the ontology: what the articles fill, and what they leave empty."""
    found = sum(each.count > 0 for each in tallies)
    words = f"{found} of the ontology's {len(tallies)} {title.lower()} have {what}."
    return _section(title, words, pictures.bars(tallies, title), tuple(tallies))


def _section(title: str, words: str, picture: str, tallies: Sequence[Tally]) -> Section:
    return Section(title, words, Markup(picture), tuple(tallies))  # noqa: S704 - pictures escape what they are given


def _without_gaps(months: Sequence[Tally]) -> tuple[Tally, ...]:
    """Months from the first to the last, also those of which nothing was reported."""
    known = {each.label: each.count for each in months}
    year, month = (int(part) for part in months[0].label.split("-"))
    found = []
    while (label := f"{year:04}-{month:02}") <= months[-1].label:
        found.append(Tally(label, known.get(label, 0)))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - months of a year
    return tuple(found)
