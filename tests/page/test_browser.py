from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.model import Graph
from tests.page.synthetic import synthetic_graph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.page.conftest import Opened

    Open = Callable[..., Opened]

pytestmark = pytest.mark.browser

HUB = "wesgil-systems"
HUB_NAME = "Wesgil Systems"
WHOLE = "59 of 60 entities · 150 links"


def first_drawn_fact(opened: Opened) -> dict[str, str]:
    """Key, property label and quote of a fact, read from the data of the page."""
    return dict(
        opened.page.evaluate("""() => {
            const data = JSON.parse(document.getElementById("data").textContent);
            const {nodes, facts, quotes, properties, articles} = data;
            const [subject, object] = [facts.s[0], facts.o[0]];
            const property = properties[facts.p[0]], article = articles[quotes.a[0]];
            return {key: [nodes.key[subject], property.name, nodes.key[object]].join("~"), label: property.label,
                    subject: nodes.label[subject], object: nodes.label[object], title: article.title,
                    quote: article.text.slice(quotes.at[0], quotes.at[0] + quotes.at[1])};
        }""")
    )


def middle_of(opened: Opened, fact: int) -> dict[str, float]:
    """Where on the window the middle of an edge is drawn, found by the position of its two ends in the data."""
    return dict(
        opened.page.evaluate(
            """(fact) => {
            const data = JSON.parse(document.getElementById("data").textContent);
            const {x: xs, y: ys} = data.nodes;
            const ends = [data.facts.s[fact], data.facts.o[fact]].map((id) => ({x: xs[id], y: ys[id]}));
            const box = document.querySelector("#canvas canvas").getBoundingClientRect();
            const width = Math.max(...xs) - Math.min(...xs), height = Math.max(...ys) - Math.min(...ys);
            const scale = Math.min(1.5, (box.width - 140) / width, (box.height - 92) / height);
            const place = (value, values, start, size) =>
                start + size / 2 + (value - (Math.max(...values) + Math.min(...values)) / 2) * scale;
            return {x: place((ends[0].x + ends[1].x) / 2, xs, box.left, box.width),
                    y: place((ends[0].y + ends[1].y) / 2, ys, box.top, box.height)};
        }""",
            fact,
        )
    )


def test_it_opens_from_disk_in_silence(open_page: Open) -> None:
    """One request, for the file itself; nothing on the console, no violation of the page's own policy."""
    opened = open_page()
    opened.page.wait_for_timeout(500)
    assert opened.messages == []
    assert [url.split("/")[-1] for url in opened.requests] == ["graph.html"]
    assert opened.text("#counts") == WHOLE


def test_a_click_on_a_line_shows_the_sentence(open_page: Open) -> None:
    """The panel quotes the sentence, marks both arguments and names the article."""
    opened = open_page(synthetic_graph(nodes=2, edges=1))
    place = middle_of(opened, 0)
    opened.page.mouse.click(place["x"], place["y"])
    fact = first_drawn_fact(opened)
    assert opened.address() == f"#fact={fact['key']}"
    quote = opened.page.locator("#panel blockquote").first
    assert (
        quote.locator("p").first.evaluate(
            "(p) => { const q = p.cloneNode(true); q.querySelectorAll('.unseen').forEach((e) => e.remove());"
            " return q.textContent; }"
        )
        == (fact["quote"])
    )
    assert fact["subject"] in quote.locator("mark.subject").inner_text()
    assert fact["object"] in quote.locator("mark.object").inner_text()
    assert quote.locator("button.title").inner_text() == fact["title"]
    assert str(quote.locator("a").get_attribute("href")).startswith("https://news.example/")


def test_a_click_on_a_mark_shows_the_entity(open_page: Open) -> None:
    """Names, class, facts and articles stand in the panel."""
    opened = open_page(synthetic_graph(nodes=1, edges=0))
    box = opened.page.locator("#canvas canvas").bounding_box()
    assert box is not None
    opened.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert opened.address().startswith("#node=")
    assert opened.text("#panel h2") == opened.page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).nodes.label[0]"
    )


def test_search_suggests_names_and_aliases(open_page: Open) -> None:
    """Typing offers names; Enter goes there without a mouse."""
    opened = open_page()
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("wesg")
    assert HUB_NAME in opened.text("#suggestions li")
    opened.page.keyboard.press("Enter")
    assert opened.address() == f"#node={HUB}"
    assert opened.text("#panel h2") == HUB_NAME


def test_search_finds_nothing_where_there_is_nothing(open_page: Open) -> None:
    """A name of no entity says so."""
    opened = open_page()
    opened.page.fill("#search", "zzzz")
    assert opened.text("#suggestions") == "No such name"


def test_a_filter_hides_and_counts(open_page: Open) -> None:
    """A class unticked leaves the graph, the address tells, and clearing brings it back."""
    opened = open_page()
    row = opened.page.locator(".facet-row", has_text="Company")
    companies = int(row.locator(".tally").inner_text())
    row.locator("input").uncheck()
    assert opened.address() == "#class=!Company"
    assert opened.text("#counts").startswith(f"{59 - companies} of 60 entities")
    opened.page.get_by_text("Clear all filters").click()
    assert opened.text("#counts") == WHOLE


@pytest.mark.parametrize("facet", ["property", "modality", "article"])
def test_the_counts_of_a_facet_add_up_to_what_only_shows(open_page: Open, facet: str) -> None:
    """“Only” on a value of a facet leaves as many facts as its count said."""
    opened = open_page()
    row = opened.page.locator(f'.facet-row:has([data-facet^="{facet} "])').first
    count = int(row.locator(".tally").inner_text())
    row.hover()
    row.locator("button.only").click()
    assert opened.address().startswith(f"#{facet}=")
    links = int(opened.text("#counts").split("· ")[1].split()[0])
    values = opened.page.locator(f'[data-facet^="{facet} "]:checked').count()
    assert values == 1
    assert 0 < links <= count


def test_an_address_restores_the_view(open_page: Open) -> None:
    """A link with focus, hops, a filter and a chosen entity opens on them."""
    opened = open_page(address=f"#focus={HUB}&hops=2&node={HUB}&class=!City,Country")
    assert not opened.page.locator('.facet-row:has-text("City") input').is_checked()
    assert HUB_NAME in opened.text("#context")
    assert opened.text('#context button[aria-pressed="true"]') == "2"
    assert int(opened.text("#counts").split()[0]) < 60


def test_back_and_forward_walk_through_views(open_page: Open) -> None:
    """Each view is a step in the history."""
    opened = open_page()
    opened.page.locator("#panel .entity").first.click()
    opened.page.get_by_role("button", name="Focus", exact=True).click()
    focused = opened.address()
    opened.page.go_back()
    assert opened.address() == f"#node={HUB}"
    assert opened.page.locator("#context .crumb").count() == 0
    opened.page.go_forward()
    assert opened.address() == focused
    assert opened.page.locator("#context .crumb").count() == 1


def test_an_address_of_another_graph_is_harmless(open_page: Open) -> None:
    """What the graph does not hold is left out."""
    opened = open_page(address="#node=nobody&fact=a~b~c&hops=99&confidence=x&class=%21Unknown&path=a~b&from=<b>")
    assert opened.messages == []
    assert opened.text("#counts") == WHOLE


def test_the_keyboard_walks_reads_and_leaves(open_page: Open) -> None:
    """From search to graph, along a fact, into the details and out, without a mouse."""
    opened = open_page(address=f"#node={HUB}")
    opened.page.focus("#canvas")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        opened.page.keyboard.press(key)
    walked = opened.address()
    assert walked.startswith("#node=")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.id") == "panel"
    opened.page.focus("#canvas")
    opened.page.keyboard.press("f")
    assert "focus=" in opened.address()
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("Escape")
    assert opened.address() in {"", "#"}


def test_entities_without_links_come_on_demand(open_page: Open) -> None:
    """They are left out at first, a tick brings them, and search finds them anyway."""
    opened = open_page()
    opened.page.locator('[data-facet="alone"]').check()
    assert opened.address() == "#alone=1"
    assert opened.text("#counts") == "60 entities · 150 links"
    opened.page.locator('[data-facet="alone"]').uncheck()
    opened.page.fill("#search", "solosismouth")
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel h2") == "Solosismouth"
    assert opened.text("#counts") == "60 entities · 150 links"


def test_help_opens_and_closes_by_key(open_page: Open) -> None:
    """The question mark shows the keys."""
    opened = open_page()
    opened.page.keyboard.press("?")
    assert "Keys" in opened.text("#help")
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#help").is_hidden()


def test_the_order_of_focus_follows_the_page(open_page: Open) -> None:
    """Tab goes from the bar over the filters and the graph to the details."""
    opened = open_page()
    order = []
    for _ in range(200):
        opened.page.keyboard.press("Tab")
        order.append(
            opened.page.evaluate("""() => {
                const at = document.activeElement;
                return ["search", "facets", "canvas", "panel"].find((id) => at.closest(`#${id}`)) ?? "";
            }""")
        )
    found = [place for place in dict.fromkeys(order) if place]
    assert found == ["search", "facets", "canvas", "panel"]


def test_an_article_is_read_with_its_entities(open_page: Open) -> None:
    """The reading view holds the text as it is; a name in it leads to the entity."""
    opened = open_page(address="#read=wire/003")
    text = opened.page.evaluate(
        "[...document.querySelectorAll('#reading > p:not(.faint)')].map((p) => p.textContent).join('\\n')"
    )
    graph = synthetic_graph()
    assert text == next(article.text for article in graph.articles if article.id == "wire/003")
    opened.page.locator("#reading .named").first.click()
    assert "node=" in opened.address()
    assert "read=" in opened.address()


def test_a_path_joins_two_entities(open_page: Open) -> None:
    """The shortest paths are shown alone."""
    opened = open_page(address=f"#path={HUB}~corgil-castellan")
    assert "between" in opened.text("#context")
    assert 2 <= int(opened.text("#counts").split()[0]) < 60


@pytest.mark.parametrize(
    ("label", "name", "start"),
    [("PNG", "graph.png", b"\x89PNG"), ("SVG", "graph.svg", b"<svg"), ("Turtle", "graph.ttl", b"@prefix")],
)
def test_what_is_shown_can_be_saved(open_page: Open, tmp_path: Path, label: str, name: str, start: bytes) -> None:
    """Picture, drawing and facts come as files."""
    opened = open_page()
    opened.page.click("#open-downloads")
    with opened.page.expect_download() as download:
        opened.page.locator("#downloads button", has_text=label).click()
    assert download.value.suggested_filename == name
    download.value.save_as(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
    assert opened.messages == []


def test_the_turtle_of_what_is_shown_is_turtle(open_page: Open, tmp_path: Path) -> None:
    """It parses, and holds the facts of the focus that are not over."""
    import rdflib

    opened = open_page(address=f"#focus={HUB}")
    opened.page.click("#open-downloads")
    with opened.page.expect_download() as download:
        opened.page.locator("#downloads button", has_text="Turtle").click()
    download.value.save_as(tmp_path / "graph.ttl")
    graph = rdflib.Graph().parse(tmp_path / "graph.ttl", format="turtle")
    labels = {str(label) for label in graph.objects(None, rdflib.RDFS.label)}
    assert HUB_NAME in labels
    assert len(labels) == int(opened.text("#counts").split()[0])


@pytest.mark.slow
def test_a_large_graph_opens_on_communities(open_page: Open) -> None:
    """Few marks at first; a search finds an entity within a closed one, which stays closed; a link opens one."""
    opened = open_page(synthetic_graph(nodes=3200, edges=5000, articles=40))
    assert "communities: click one to open it" in opened.text("#context")
    closed = int(opened.text("#context").split()[0])
    assert 5 < closed < 400
    name = opened.page.evaluate("JSON.parse(document.getElementById('data').textContent).nodes.label[7]")
    opened.page.fill("#search", name)
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel h2") == name
    assert int(opened.text("#context").split()[0]) == closed
    opened.page.evaluate("location.hash = 'open=0,1'")
    opened.page.wait_for_function(f"parseInt(document.getElementById('context').innerText) === {closed - 2}")
    assert opened.messages == []


def test_an_empty_graph_says_so(open_page: Open) -> None:
    """No entity: a sentence instead of an empty window."""
    opened = open_page(Graph(articles=(), entities=(), statements=()))
    assert "empty" in opened.text("#notice")
    assert "add articles" in opened.text("#panel")
    assert opened.messages == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_sticks_out_at_any_size(open_page: Open, width: int, height: int, scheme: str) -> None:
    """No window needs scrolling as a whole, and the graph and the details have room in all."""
    opened = open_page(address=f"#node={HUB}")
    opened.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened.page.set_viewport_size({"width": width, "height": height})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate("document.documentElement.scrollHeight") <= height
    for part, least in (("#canvas", 250), ("#panel", 150)):
        box = opened.page.locator(part).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= least
    assert opened.messages == []
