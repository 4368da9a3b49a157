"""Tests of `kg.export`."""
