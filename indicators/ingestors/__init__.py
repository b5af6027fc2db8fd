"""Sources beyond Eurostat, one small module each; ``FETCHER`` is registered."""
