"""What the process that workers are forked from imports before any of them starts: what all of them need, no more."""

from importlib import import_module

from kg.reading.lean import spare_unused_libraries

spare_unused_libraries()
import_module("kg.build.performing")
