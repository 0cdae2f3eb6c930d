"""Reading a file in: look first, then do it, and take it back."""
