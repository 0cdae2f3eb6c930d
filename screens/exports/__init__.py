"""Sending shortlists out, and seeing to it that they are destroyed."""
