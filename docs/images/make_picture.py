# ruff: noqa: INP001 - a script, not a package
"""Takes the pictures of the README from a built page: `python docs/images/make_picture.py [out/graph.html]`.

Needs the extra `dev` and Chromium. The page is opened from disk without a network, as readers open it; the picture is
as deterministic as the page and the fonts of the machine.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).resolve().parent
SIZE = (1440, 900)

# The fact with most quotes, so that the picture shows what the page is about: the sentences behind a line.
BEST_FACT = """() => {
    const { nodes, facts, properties } = JSON.parse(document.getElementById("data").textContent);
    const drawn = [...facts.s.keys()].filter((id) => facts.o[id] >= 0 && facts.s[id] !== facts.o[id] && !facts.m[id]);
    const weight = (id) => facts.n[id] * 10 + nodes.degree[facts.s[id]] + nodes.degree[facts.o[id]];
    const best = drawn.reduce((one, other) => (weight(other) > weight(one) ? other : one));
    const key = [nodes.key[facts.s[best]], properties[facts.p[best]].name, nodes.key[facts.o[best]]].join("~");
    return new URLSearchParams([["fact", key]]).toString();
}"""


def main() -> None:
    """Write graph.png (a fact chosen), graph-dark.png (the whole graph), graph-map.png beside this file."""
    page_file = Path(sys.argv[1] if len(sys.argv) > 1 else "out/graph.html").resolve()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(
            viewport={"width": SIZE[0], "height": SIZE[1]}, offline=True, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.evaluate(f"location.hash = ({BEST_FACT})()")
        shoot(page, "graph.png", "light")
        page.evaluate("location.hash = ''")
        shoot(page, "graph-dark.png", "dark")
        page.evaluate("location.hash = 'view=map'")
        shoot(page, "graph-map.png", "light")
        browser.close()


def shoot(page: Page, name: str, scheme: str) -> None:
    """One picture, when the drawing has come to rest."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.wait_for_timeout(1000)
    page.screenshot(path=HERE / name)


if __name__ == "__main__":
    main()
