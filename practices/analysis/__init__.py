"""What can be said of a practice from its content alone. Pure."""
