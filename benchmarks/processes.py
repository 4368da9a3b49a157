"""What a command and all processes that it starts take, by `/proc`: the system tells a parent only of its own children.

On a busy machine the clock says little; processor time says what each process did, whenever it was let.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVERY_S = 0.05
"""Seconds between two looks: what a process takes after the last one is lost, of each at most so much."""
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SESSION, _USER, _SYSTEM, _RESIDENT = 3, 11, 12, 21  # fields of /proc/PID/stat behind the name


@dataclass
class Tree:
    """Processor seconds by process, of the one that was started and of those of its session.

    `memory` is the most that all had at one time, in bytes; what they share counts for each of them.
    """

    first: int
    clock: float = 0.0
    memory: int = 0
    seconds: dict[int, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Of all of them."""
        return sum(self.seconds.values())

    @property
    def alone(self) -> float:
        """Of the process that was started, without those that it started."""
        return self.seconds.get(self.first, 0.0)

    @property
    def busiest(self) -> float:
        """Of the one among the others that took most."""
        return max((spent for pid, spent in self.seconds.items() if pid != self.first), default=0.0)

    def look(self) -> None:
        """Note what each of them has taken until now."""
        memory = 0
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:  # it ended meanwhile
                continue
            if int(fields[_SESSION]) == self.first:
                self.seconds[int(file.parent.name)] = (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS
                memory += int(fields[_RESIDENT]) * _PAGE
        self.memory = max(self.memory, memory)


def tree(*command: str, environment: Mapping[str, str] | None = None) -> Tree:
    """Run a command in a session of its own to its end; ends this program where the command fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True, env=environment)
    found = Tree(process.pid)
    while process.poll() is None:
        found.look()
        time.sleep(_EVERY_S)
    found.clock = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return found
