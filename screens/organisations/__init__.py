"""Who asks for help, and who to talk to there."""
