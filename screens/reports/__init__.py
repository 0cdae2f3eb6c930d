"""The reports: figures, and the rows behind each of them."""
