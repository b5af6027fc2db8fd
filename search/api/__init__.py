"""The search in the REST API."""
