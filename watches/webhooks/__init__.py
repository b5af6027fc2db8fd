"""Signed webhooks: who may be told, how a message is written, signed and sent."""
