"""The search of everything: one table of documents, filled from all apps."""
