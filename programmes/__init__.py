"""Who pays: funding programmes, their calls, and support without money."""
