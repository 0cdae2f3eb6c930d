"""Code lists, regions and postcode points, kept as data files."""
