"""What holds for every test: nothing is lost on the way to a green run."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from _pytest.terminal import TerminalReporter
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A run of the whole suite in CI with fewer passed tests than this fails: tests that are no longer collected are as good
# as red ones. Raise it when tests are added.
MINIMUM_TESTS = 3640

# In CI nothing may be skipped: Chromium, rapper and the model are there, or the run is red.
REQUIRE_ALL = os.environ.get("CI") == "true" or os.environ.get("KG_REQUIRE_ALL") == "1"

# The same examples on every run, however slow the machine.
hypothesis.settings.register_profile("kg", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("kg")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the user's cache out of the tests: a run starts without one, and its processes share one."""
    os.environ["KG_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests: a second one in the same thread would not start."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where all are required."""
    report = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped where nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into an error where all are required."""
    report = yield
    if REQUIRE_ALL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped where nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a green run of the whole suite that ran too few tests."""
    config = session.config
    whole = not config.option.keyword and not config.option.markexpr and config.args_source.name != "ARGS"
    reporter: TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
    if not (REQUIRE_ALL and whole and reporter) or exitstatus or config.option.collectonly:
        return
    passed = len(reporter.stats.get("passed", ()))
    if passed < MINIMUM_TESTS:
        reporter.write_line(f"{passed} tests passed, fewer than the {MINIMUM_TESTS} there were (tests/conftest.py)")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
