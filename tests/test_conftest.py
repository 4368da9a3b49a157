"""The guards of the suite itself: in CI nothing is skipped, and no test goes missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parent / "conftest.py"


def run_suite(folder: Path, test: str, *, require_all: bool, minimum: int = 1) -> tuple[int, str]:
    """Exit status and output of a suite of one file that has this conftest."""
    tests = folder / "tests"
    tests.mkdir()
    conftest = shutil.copy(CONFTEST, tests)
    text = re.sub(
        r"^MINIMUM_TESTS = \d+$", f"MINIMUM_TESTS = {minimum}", CONFTEST.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    Path(conftest).write_text(text, encoding="utf-8")
    (tests / "test_it.py").write_text(f"import pytest\n\n{test}", encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "KG_REQUIRE_ALL"}}
    environment["KG_REQUIRE_ALL"] = "1" if require_all else "0"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


SKIPPED_TEST = "def test_it():\n    pytest.skip('no browser')\n"
SKIPPED_MODULE = "pytest.importorskip('no_such_module')\n"
PASSING = "def test_it():\n    pass\n"


@pytest.mark.parametrize("test", [SKIPPED_TEST, SKIPPED_MODULE])
def test_skips_fail_where_all_are_required(tmp_path: Path, test: str) -> None:
    """A skipped test or module makes a run in CI red, and says which it was."""
    status, output = run_suite(tmp_path, test, require_all=True)
    assert status != 0
    assert "test_it.py" in output
    assert "was skipped where nothing may be" in output


def test_skips_pass_elsewhere(tmp_path: Path) -> None:
    """A developer without Chromium can run the rest."""
    status, output = run_suite(tmp_path, SKIPPED_TEST + PASSING.replace("it", "other"), require_all=False)
    assert status == 0
    assert "1 passed, 1 skipped" in output


def test_expected_failures_are_no_skips(tmp_path: Path) -> None:
    """A known defect, marked as one, does not make the run red."""
    test = f"@pytest.mark.xfail(strict=True)\n{PASSING.replace('pass', 'assert False')}"
    assert run_suite(tmp_path, test, require_all=True, minimum=0)[0] == 0


def test_too_few_tests_fail_where_all_are_required(tmp_path: Path) -> None:
    """A run of the whole suite in CI that lost tests is red."""
    status, output = run_suite(tmp_path, PASSING, require_all=True, minimum=2)
    assert status == 1
    assert "1 tests passed, fewer than the 2 there were" in output


def test_enough_tests_pass(tmp_path: Path) -> None:
    """With all its tests, the run is green."""
    assert run_suite(tmp_path, PASSING, require_all=True)[0] == 0
