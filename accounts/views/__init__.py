"""Pages of people about themselves; those that combine apps are in dashboards."""
