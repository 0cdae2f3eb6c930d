"""The floor in figures and on the map."""
