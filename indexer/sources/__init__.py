"""Files of any supported format -> `Article` or `Rejected`. Knows nothing of analysis beyond canonical text, or of engines."""
