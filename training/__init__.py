"""How the reading model is made: preparation of the data, training, export, evaluation."""
