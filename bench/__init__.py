"""Speed and weight of the portal against their bounds: ``make bench``."""
