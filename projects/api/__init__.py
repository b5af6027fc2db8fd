"""The REST API of projects and organisations."""
