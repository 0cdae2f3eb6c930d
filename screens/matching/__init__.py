"""Who fits a request, which requests fit a person, and proposing them in one go."""
