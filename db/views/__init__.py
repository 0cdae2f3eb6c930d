"""What travels up from the desk: frozen views, never rows."""
