"""The ontology's examples against the corpus: what each finds right and wrong, and what none of them teaches."""
