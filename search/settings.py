"""The app's block of the settings."""

# Finds what a bulk write changed without a word; costs little when nothing did.
BEAT = {"keep the search in step": {"task": "search.tasks.rebuild", "schedule": 3600.0}}
