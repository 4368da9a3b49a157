from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from kg.outputs import open_outputs, replace_outputs
from kg.query import Table, load_store, run
from kg.stats import QUERIES, Figures, Tally, figures, pictures, render
from kg.stats.page import sections
from tests.serve.conftest import ONTOLOGY
from tests.test_outputs import harbour_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures of the hand-made graph."""
    folder: Path = tmp_path_factory.mktemp("stats")
    replace_outputs(folder, harbour_files(), {})
    store = load_store(open_outputs(folder), ONTOLOGY)
    answers = {}
    for name, query in QUERIES.items():
        table = run(store, query)
        assert isinstance(table, Table)
        answers[name] = [[getattr(term, "value", "") for term in row] for row in table.rows]
    return figures(answers)


def counts(tallies: tuple[Tally, ...]) -> dict[str, int]:
    """Those that are not 0."""
    return {each.label: each.count for each in tallies if each.count}


def test_totals(found: Figures) -> None:
    """As many as there are; a sentence with two roles is one piece of evidence."""
    assert (found.articles, found.entities, found.facts, found.evidence) == (2, 7, 10, 11)


def test_classes_and_properties_of_the_ontology(found: Figures) -> None:
    """Entities under their most specific class; what was never found is there with a 0."""
    assert counts(found.classes) == {"alliance": 1, "city": 1, "company": 2, "person": 2, "product": 1}
    assert Tally("university", 0) in found.classes
    assert sum(counts(found.properties).values()) == 10
    assert counts(found.properties)["holds a position at"] == 2
    assert Tally("regulates", 0) in found.properties


def test_modalities_and_months(found: Figures) -> None:
    """A fact counts in the month in which it was first reported; undated articles in none."""
    assert counts(found.modalities) == {"asserted": 8, "planned": 1, "former": 1}
    assert counts(found.months) == {"2021-05": 6}


def test_degrees_count_each_end_once(found: Figures) -> None:
    """Five facts are about the alliance, one about each of those that are named once."""
    assert sum(each.count for each in found.degrees) == 7
    assert max(int(each.label) for each in found.degrees) == 5


def test_confidence_of_one_is_in_the_last_step(found: Figures) -> None:
    """Twentieths from 0 to 19."""
    assert {each.label for each in found.confidences} <= {str(step) for step in range(20)}
    assert sum(each.count for each in found.confidences) == 10


def test_page_stands_alone_and_says_its_numbers(found: Figures) -> None:
    """No script, no address but that of SVG itself; equal figures, equal bytes."""
    page = render(found)
    assert page == render(found)
    assert "<script" not in page
    assert page.replace("http://www.w3.org/2000/svg", "").count("http") == page.count('http-equiv="')
    assert page.count("<svg") == len(list(sections(found)))
    assert "<b>10</b> facts" in page


def test_every_picture_is_xml_with_a_name(found: Figures) -> None:
    """Browsers are lenient; other readers of SVG are not."""
    for section in sections(found):
        root = ET.fromstring(section.picture)  # noqa: S314 - made here
        assert root.get("role") == "img"
        assert root.get("aria-label")
        numbers = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]
        assert len(numbers) >= len([each for each in section.tallies if each.count and section.title != "Growth"])


def test_names_cannot_break_out_of_a_picture() -> None:
    """A publisher may be called anything."""
    picture = pictures.bars([Tally("</text><script>alert(1)</script>", 3)], '"><script>')
    assert "<script" not in picture
    ET.fromstring(picture)  # noqa: S314 - made here


def test_bars_are_as_long_as_their_numbers() -> None:
    """The longest fills the room; half as many is half as long."""
    root = ET.fromstring(pictures.bars([Tally("a", 10), Tally("b", 5), Tally("c", 0)], "t"))  # noqa: S314 - made here
    widths = [float(rect.get("width", "")) for rect in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[1] * 2 == pytest.approx(widths[0])
    assert widths[2] == 0


@pytest.mark.parametrize("draw", [pictures.bars, pictures.columns])
def test_nothing_is_a_picture_too(draw: object) -> None:
    """An empty graph has a page."""
    ET.fromstring(draw([], "nothing"))  # type: ignore[operator] # noqa: S314 - made here


def test_growth_has_no_gaps() -> None:
    """A month without news is a column of height 0."""
    from kg.stats.page import _without_gaps

    months = _without_gaps([Tally("2021-11", 2), Tally("2022-02", 1)])
    assert [(each.label, each.count) for each in months] == [
        *(("2021-11", 2), ("2021-12", 0), ("2022-01", 0), ("2022-02", 1)),
    ]
