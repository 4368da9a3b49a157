"""The annotated corpus, its markup, and the command that checks and counts it."""
