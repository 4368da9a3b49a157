"""The annotated corpus, and the module that validates and counts it."""
