"""Cooperation projects and the organisations that took part in them."""
