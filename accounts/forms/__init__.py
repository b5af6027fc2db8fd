"""Forms of people about themselves."""
