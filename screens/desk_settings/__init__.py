"""The rules of the desk, seen and changed."""
