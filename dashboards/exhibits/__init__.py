"""Exhibits: a figure with its table, words and sources, built from a query.

One exhibit serves the page, the figure JSON and the downloads, so that all three
always show the same view.
"""
