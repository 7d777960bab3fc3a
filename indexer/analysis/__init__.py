"""Text -> tokens. Pure: no I/O but reading the segmentation model; knows nothing of engines."""
