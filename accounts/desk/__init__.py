"""The curators' desk: what the admin of every record shares."""
