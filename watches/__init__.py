"""Watches: who follows what, and what they are told when it changes."""
