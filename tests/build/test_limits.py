from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kg.build.limits import LEAST_S, TooMuchTimeError, limited, seconds_for

ROOT = Path(__file__).parents[2]
TIMED = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such timer")


def burn(seconds: float) -> None:
    """Use the processor."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@TIMED
def test_block_that_takes_too_long_is_left() -> None:
    """And the timer is off afterwards."""
    with pytest.raises(TooMuchTimeError), limited(0.05):
        burn(5)
    burn(0.1)


@TIMED
def test_waiting_does_not_count() -> None:
    """A busy machine makes no difference."""
    with limited(0.2):
        time.sleep(0.4)


def test_quick_block_is_left_alone() -> None:
    """As are other threads than the main one, where there is no timer."""
    done = []

    def inside() -> None:
        with limited(0.01):
            burn(0.05)
            done.append(1)

    thread = threading.Thread(target=inside)
    thread.start()
    thread.join()
    with limited(5):
        done.append(2)
    assert done == [1, 2]


def test_limit_grows_with_the_article() -> None:
    """A book may take longer than a brief."""
    assert seconds_for(0) == LEAST_S
    assert seconds_for(5_000_000) > 100 * LEAST_S


@pytest.mark.skipif(sys.platform != "linux", reason="a limit of Linux")
def test_memory_beyond_the_limit_is_an_error_and_no_crash() -> None:
    """In a process of its own, which would not get it back."""
    code = (
        "from kg.build.limits import limit_memory\nlimit_memory(200_000_000)\nbytearray(50_000_000)\n"
        "try:\n    bytearray(400_000_000)\nexcept MemoryError:\n    print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
