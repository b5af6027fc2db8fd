"""Where every fact comes from: source, snapshot, ingest run."""
