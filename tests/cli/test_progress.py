from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from kg.cli.progress import Pace, lines

if TYPE_CHECKING:
    import pytest


def test_pace_is_rate_and_what_is_left() -> None:
    """After two seconds, of the stage and not of the build."""
    clock = iter([0.0, 0.0, 10.0, 10.0, 12.0]).__next__
    pace = Pace(clock)
    assert pace.of("articles", 0, 0) == ""
    assert pace.of("extraction", 0, 100) == ""
    assert pace.of("extraction", 20, 100) == "10.0 a second, 8 s left"


def test_long_times_are_minutes_and_hours() -> None:
    """Nobody counts seconds for an hour."""
    clock = itertools.count(0.0, 10.0).__next__
    pace = Pace(clock)
    assert pace.of("extraction", 1, 61) == "0.1 a second, 10 min left"
    assert pace.of("extraction", 1, 1001).endswith("h 33 min left")


def test_plain_lines_come_once_a_stage_and_every_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    """A log of a long build stays short."""
    show = lines(itertools.count(0.0, 1.0).__next__)
    show("extraction")
    for done in range(1, 101):
        show("extraction", done, 100)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "Reading articles ..."
    assert len(said) == 10
    assert said[1].startswith("  10 of 100 articles, ")
