"""Tests of `kg.diff`."""
