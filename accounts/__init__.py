"""People, organisations, roles and territorial scope."""
