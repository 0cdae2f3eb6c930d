"""Moving calls: select, look, move."""
