"""What became of the candidates that a caller spoke to."""
