"""What one article may cost: more time or memory than this is a reason in the report, not a build that hangs or dies.

Time is the processor's, not the clock's, so that a busy machine makes no difference. Neither limit is met by prose: an
article needs about a tenth of its time. Systems without such timers (Windows) have none.
"""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

LEAST_S: Final = 60.0
"""Processor seconds that any article may take."""
PER_KILO_S: Final = 2.0
"""Processor seconds more for each thousand code points; prose takes some tenth of a second."""
MEMORY: Final = 4_000_000_000
"""Bytes of address space that a worker may take more than it has once the model is loaded; it needs some hundred MB."""


class TooMuchTimeError(Exception):
    """The time of an article is over."""


def seconds_for(length: int) -> float:
    """Processor seconds that an article of so many code points may take."""
    return LEAST_S + PER_KILO_S * length / 1000


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooMuchTimeError within the block once it has taken so much processor time."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _over(_number: int, _frame: FrameType | None) -> None:
    raise TooMuchTimeError


def limit_memory(more: int = MEMORY) -> None:
    """Let this process take so many bytes of address space more and then fail with MemoryError, where Linux can."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
