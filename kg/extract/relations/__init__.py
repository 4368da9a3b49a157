"""The learned extractor: a network that has read many ways to say things judges which things are related."""
