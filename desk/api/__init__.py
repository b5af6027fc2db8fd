"""The app's part of the REST API."""
