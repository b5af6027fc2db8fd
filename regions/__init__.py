"""NUTS territory: codes, versions, changes, layouts and boundaries."""
