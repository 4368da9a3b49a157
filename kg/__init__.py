"""kg: the build tool for knowledge graphs."""
