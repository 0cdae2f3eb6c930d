"""Proposals on their way: who waits for an answer, and who is at work."""
