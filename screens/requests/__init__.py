"""What organisations ask, and proposing people to it."""
