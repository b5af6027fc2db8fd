"""The REST API of programmes, calls and support."""
