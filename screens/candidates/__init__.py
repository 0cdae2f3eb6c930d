"""Finding people, everything known of them, and putting their data right."""
