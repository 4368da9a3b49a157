from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from kg.page import render
from tests.page.synthetic import small_ontology, synthetic_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from kg.model import Graph


@dataclass
class Opened:
    """A page opened from disk with the network blocked, and all it said and asked for meanwhile."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        """What stands in the first element that fits."""
        return self.page.locator(selector).first.inner_text()

    def address(self) -> str:
        """The part of the address that holds the state."""
        return str(self.page.evaluate("decodeURIComponent(location.hash)"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A context without a network."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def open_page(context: BrowserContext, tmp_path: Path) -> Callable[..., Opened]:
    """Renders a graph to disk and opens it; returns when it is ready."""

    def open_(graph: Graph | None = None, *, address: str = "") -> Opened:
        path = tmp_path / "graph.html"
        path.write_text(render(graph or synthetic_graph(), small_ontology()), encoding="utf-8")
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.messages.append(f"{message.type}: {message.text}"))
        opened.page.on("pageerror", lambda error: opened.messages.append(f"error: {error}"))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto(path.as_uri() + address)
        opened.page.wait_for_selector("html[data-ready]", timeout=180_000)
        return opened

    return open_
