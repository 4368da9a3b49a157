"""Tests of `kg.stats`."""
