"""Measurements of parts of kg, each run by hand; the results stand in docs/."""
