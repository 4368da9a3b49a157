"""Articles to facts: names, predications, frames, coreference and values over parsed text."""
