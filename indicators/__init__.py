"""Science and technology indicators: ingest, storage, queries, analysis."""
