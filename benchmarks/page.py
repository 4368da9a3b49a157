"""Measure the page in headless Chromium beside pyvis as it comes, on the same invented graphs.

    python -m benchmarks.page                       100, 1,000, 5,000 and 20,000 entities, twice as many facts
    python -m benchmarks.page 20000 --without-pyvis

Needs the extra `dev` and Chromium. A page that is not ready after `--patience` seconds is given up. Wall-clock figures
suffer from whatever else the machine does; what the browser's main thread worked for it, in brackets, does not.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import shutil
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Error, sync_playwright
from pyvis.network import Network

from benchmarks.page_graphs import graph_of
from kg.ontology import load_ontology
from kg.page import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from kg.model import Graph

ROOT: Final = Path(__file__).resolve().parent.parent
SIZES: Final = (100, 1_000, 5_000, 20_000)
WINDOW: Final = {"width": 1440, "height": 900}
PAN_SECONDS: Final = 3.0
REACH: Final = 220
"""Pixels that the hand moves to either side while panning."""

READY: Final = {
    "kg": "() => document.documentElement.dataset.ready === 'true'",
    "pyvis": """() => {
        const bar = document.getElementById("loadingBar"); // there is one from 101 nodes on
        return window.network?.physics.ready && (!bar || bar.style.display === "none");
    }""",
}
TWO_FRAMES: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LARGEST_COMMUNITY: Final = """() => {
    const counts = new Map();
    for (const group of JSON.parse(document.getElementById("data").textContent).nodes.group)
        counts.set(group, (counts.get(group) ?? 0) + 1);
    return [...counts].reduce((one, other) => (other[1] > one[1] ? other : one));
}"""
SEARCH: Final = """async () => {
    const { label } = JSON.parse(document.getElementById("data").textContent).nodes;
    const name = label[Math.floor(label.length / 2)];
    const input = document.getElementById("search");
    const started = performance.now();
    input.value = name;
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (document.querySelector("#panel h2").textContent !== name) throw new Error("not found");
    return (performance.now() - started) / 1000;
}"""
COUNT_FRAMES: Final = """() => {
    window.frames_ = 0;
    const next = () => { window.frames_ += 1; requestAnimationFrame(next); };
    requestAnimationFrame(next);
}"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one page showed; None where it was not ready in time. `busy` are seconds of the browser's main thread."""

    megabytes: float
    build: float
    ready: float | None
    busy: float
    fps: float | None = None
    frame_ms: float | None = None
    search: float | None = None


def main() -> None:
    """Measure all sizes in one run and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for a page (default 60)")
    parser.add_argument("--without-pyvis", action="store_true")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        print(_machine(browser))
        print("| entities / facts | page | MB | built s | ready s | fps panning | search s |")
        print("|---|---|---|---|---|---|---|", flush=True)
        for size in options.sizes:
            graph = graph_of(size)
            path = Path(folder) / "graph.html"
            makers = [("kg", _kg), ("pyvis", _pyvis)][: 1 if options.without_pyvis else 2]
            for name, make in makers:
                started = time.perf_counter()
                path.write_text(make(graph), encoding="utf-8")
                build = time.perf_counter() - started
                for view, measured in _views(browser, name, path, build, options.patience):
                    print(_row(graph, view, measured), flush=True)
        browser.close()


def _machine(browser: Browser) -> str:
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    versions = ", ".join(f"{name} {version(name)}" for name in ("pyvis", "networkx", "igraph"))
    return (
        f"{platform.platform()}, {os.cpu_count()} processors{load}; Python {platform.python_version()}, {versions}; "
        f"Chromium {browser.version}, headless, without GPU, window {WINDOW['width']} x {WINDOW['height']}\n"
    )


def _row(graph: Graph, view: str, found: Measured) -> str:
    ready = f"{found.ready:.1f} ({found.busy:.1f})" if found.ready is not None else "never"
    fps = f"{found.fps:.0f} ({found.frame_ms:.0f} ms)" if found.fps is not None else "-"
    search = f"{found.search:.2f}" if found.search is not None else "-"
    size = f"{len(graph.entities):,} / {len(graph.statements):,}"
    return f"| {size} | {view} | {found.megabytes:.1f} | {found.build:.1f} | {ready} | {fps} | {search} |"


def _kg(graph: Graph) -> str:
    return render(graph, load_ontology(ROOT / "ontology"))


def _pyvis(graph: Graph) -> str:
    """As its documentation shows it, with its library in the file, for there is no network."""
    net = Network(directed=True, cdn_resources="in_line")
    for entity in graph.entities:
        net.add_node(entity.key, label=entity.label, title=entity.classes[0])
    for statement in graph.statements:
        net.add_edge(statement.subject, str(statement.object), title=statement.property)
    return str(net.generate_html())


def _views(browser: Browser, name: str, path: Path, build: float, patience: float) -> list[tuple[str, Measured]]:
    """The first view, and for kg's page of a large graph the largest community opened."""
    first, community = _measured(browser, name, path, build=build, patience=patience)
    views = [(name, first)]
    if community is not None:
        number, members = community
        opened, _ = _measured(browser, name, path, address=f"#open={number}", build=build, patience=patience)
        views.append((f"kg, community of {members:,} opened", opened))
    return views


def _measured(
    browser: Browser, name: str, path: Path, *, address: str = "", build: float, patience: float
) -> tuple[Measured, tuple[int, int] | None]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    try:
        page = context.new_page()
        busy = _clock(page)
        megabytes = path.stat().st_size / 1e6
        started = time.perf_counter()
        try:
            page.goto(path.as_uri() + address, timeout=1000 * patience, wait_until="commit")
            left = patience - (time.perf_counter() - started)
            page.wait_for_function(READY[name], timeout=1000 * max(1.0, left), polling=100)
            page.evaluate(TWO_FRAMES)
        except Error:  # playwright's time-out; a page that is busy for good answers nothing else
            return Measured(megabytes, build, None, patience), None
        ready, worked = time.perf_counter() - started, busy()
        closed = name == "kg" and not address and "communit" in page.inner_text("#context")
        community = tuple(page.evaluate(LARGEST_COMMUNITY)) if closed else None
        fps, frame_ms = _panning(page, busy)
        search = float(page.evaluate(SEARCH)) if name == "kg" else None
        return Measured(megabytes, build, ready, worked, fps, frame_ms, search), community
    finally:
        context.close()


def _clock(page: Page) -> Callable[[], float]:
    """Seconds that the main thread has worked so far: processor time, whatever else the machine does."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(item["value"] for item in metrics if item["name"] == "TaskDuration"))

    return busy


def _panning(page: Page, busy: Callable[[], float]) -> tuple[float, float]:
    """Frames a second while the mouse drags the ground about, one move a frame, and milliseconds of work for each."""
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    x, y = box["x"] + 0.93 * box["width"], box["y"] + 0.97 * box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT_FRAMES)
    worked, started, turn = busy(), time.perf_counter(), 0
    while time.perf_counter() - started < PAN_SECONDS:
        turn += 1
        page.mouse.move(x - REACH * abs(math.sin(turn / 20)), y - REACH * abs(math.sin(turn / 27)))
    frames = max(1, int(page.evaluate("window.frames_")))
    seconds = time.perf_counter() - started
    page.mouse.up()
    return frames / seconds, 1000 * (busy() - worked) / frames


if __name__ == "__main__":
    main()
