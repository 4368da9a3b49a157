"""Training the learned extractor."""
