"""What a reader typed, understood: a tolerant parser, its tree, and the plan an engine carries out."""
