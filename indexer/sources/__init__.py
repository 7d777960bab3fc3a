"""Files of any supported format -> `Article` or `Rejected`. Knows nothing of engines."""
