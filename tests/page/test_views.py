from __future__ import annotations

import importlib
import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.model import Article, Background, DateValue, Entity, Evidence, Graph, Modality, Span, Statement
from tests.page.synthetic import synthetic_graph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.page.conftest import Opened

    Open = Callable[..., Opened]

pytestmark = pytest.mark.browser

YEARS = (2019, 2020, 2021, 2022)


def harbours() -> Graph:
    """Four companies at two harbours; each year one signs with the first, and one fact states a date of its own."""
    articles = tuple(
        Article(f"y{year}", f"y{year}.md", f"News of {year}", "Acme signs.", "0" * 64, date(year, 5, 1))
        for year in YEARS
    )

    def evidence(article: str) -> tuple[Evidence, ...]:
        return (Evidence(article, Span(0, 11), Modality.ASSERTED, 0.9, "frames"),)

    companies = tuple(Entity(f"c{year}", f"Company {year}", ("Company",), (), (f"y{year}",)) for year in YEARS)
    places = (
        Entity("nairobi", "Nairobi", ("City",), (), ("y2019",), Background((), -1.29, 36.82)),
        Entity("lisbon", "Lisbon", ("City",), (), ("y2020",), Background((), 38.72, -9.14)),
    )
    located = tuple(
        Statement(f"c{year}", "locatedIn", places[year % 2].key, Modality.ASSERTED, 0.9, evidence(f"y{year}"))
        for year in YEARS[:3]
    )
    signed = tuple(
        Statement("c2019", "partnersWith", f"c{year}", Modality.ASSERTED, 0.9, evidence(f"y{year}"))
        for year in YEARS[1:]
    )
    founded = Statement("c2022", "foundedOn", DateValue("2020-03"), Modality.ASSERTED, 0.9, evidence("y2022"))
    return Graph(articles, (*companies, *places), (*located, *signed, founded))


def handle(opened: Opened, end: str) -> Locator:
    """One end of the range on the timeline."""
    return opened.page.locator(f'#timeline [data-end="{end}"]')


def test_the_map_shows_what_has_a_place(open_page: Open) -> None:
    """Cities stand at their coordinates, companies at the city they are located in; what has no place is left out."""
    opened = open_page(harbours())
    opened.page.click("#view-map")
    assert opened.address() == "#view=map"
    assert opened.text("#context").startswith("5 of 6 entities have a place")
    assert opened.text("#counts") == "5 of 6 entities · 2 links"
    assert opened.page.get_attribute("#view-map", "aria-pressed") == "true"
    opened.page.go_back()
    assert opened.text("#counts") == "6 entities · 6 links"
    assert opened.messages == []


def north(latitude: float) -> float:
    """Degrees of longitude that a latitude lies from the equator on Mercator's map."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def test_the_map_is_mercators(open_page: Open) -> None:
    """A city is clicked where the projection puts it, the two of them fitted into the window."""
    opened = open_page(harbours(), address="#view=map")
    box = opened.page.locator("#canvas canvas").bounding_box()
    assert box is not None
    (left, low), (right, high) = (-9.14, north(-1.29)), (36.82, north(38.72))
    pixels = min((box["width"] - 140) / (right - left), (box["height"] - 92) / (high - low))  # for each degree
    x = box["x"] + box["width"] / 2 - (right - left) / 2 * pixels
    y = box["y"] + box["height"] / 2 - (high - low) / 2 * pixels
    opened.page.mouse.click(x, y)
    assert "node=lisbon" in opened.address()


def test_without_coordinates_there_is_no_map(open_page: Open) -> None:
    """Nothing offers what there is nothing to show of, and no outlines are in the file."""
    graph = harbours()
    bare = replace(graph, entities=tuple(replace(entity, background=None) for entity in graph.entities))
    opened = open_page(bare, address="#view=map")
    assert opened.page.locator("#views").is_hidden()
    assert opened.page.evaluate("JSON.parse(document.getElementById('data').textContent).world") == ""
    assert opened.text("#counts") == "6 entities · 6 links"


def test_the_timeline_filters_by_key(open_page: Open) -> None:
    """Moving the first handle right leaves what was reported later; what states a date goes by that."""
    opened = open_page(harbours())
    first = handle(opened, "from")
    assert first.get_attribute("aria-valuetext") == "May 2019"
    first.focus()
    for _ in range(12):
        opened.page.keyboard.press("ArrowRight")
    assert opened.address() == "#from=2020-05-01"
    assert opened.text("#counts") == "6 entities · 5 links"  # facts of 2020 to 2022; the city of 2020 is Lisbon
    assert opened.page.evaluate("document.activeElement.dataset.end") == "from"
    opened.page.keyboard.press("Home")
    assert opened.address() in {"", "#"}


def test_a_stated_date_goes_before_the_date_of_the_article(open_page: Open) -> None:
    """What was founded in March 2020 is found there, though it was told in 2022."""
    opened = open_page(harbours(), address="#from=2020-03-01&to=2020-03-31")
    assert opened.text("#counts") == "1 of 6 entities · 0 links"
    opened.page.locator("#panel .entity").first.wait_for()
    assert opened.page.locator("#timeline .bar-stated:not(.pale)").count() == 1
    assert opened.page.locator("#timeline .bar-reported:not(.pale)").count() == 0


def test_a_drag_over_the_bars_chooses_a_range(open_page: Open) -> None:
    """From the left edge to the middle: the first half of the time; a click on “all” ends it."""
    opened = open_page(harbours())
    box = opened.page.locator("#timeline .time-bars").bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + 2, box["y"] + 10)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10, steps=4)
    opened.page.mouse.up()
    assert opened.address().startswith("#to=2020-")
    opened.page.get_by_role("button", name="All of the time").click()
    assert opened.address() in {"", "#"}


def test_the_bars_hold_every_fact(open_page: Open) -> None:
    """What the bars count, summed up, is the number of facts."""
    opened = open_page(harbours())
    titles = opened.page.locator("#timeline title").all_text_contents()
    assert sum(int(title.split(": ")[1].split()[0]) for title in titles) == 6
    assert sum(int(title.split(", ")[1].split()[0]) for title in titles) == 1


def test_communities_are_drawn_and_saved(open_page: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A large graph's first view, its search and its drawing: closed communities, and what is found inside one."""
    document = importlib.import_module("kg.page.document")
    asset = document._asset
    monkeypatch.setattr(
        document, "_asset", lambda name: asset(name).replace("MOST_ENTITIES = 3000", "MOST_ENTITIES = 40")
    )
    opened = open_page(synthetic_graph(nodes=120, edges=240))
    closed = int(opened.text("#context").split()[0])
    assert closed > 3
    name = opened.page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes.label[7]")
    opened.page.fill("#search", name)
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel h2") == name
    opened.page.click("#open-downloads")
    with opened.page.expect_download() as download:
        opened.page.locator("#downloads button", has_text="SVG").click()
    download.value.save_as(tmp_path / "graph.svg")
    drawing = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    assert drawing.count("<circle") >= closed - 1
    assert f">{name}</title>" in drawing
    assert opened.messages == []
