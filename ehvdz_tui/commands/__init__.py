"""The commands of the front door; each is loaded only when it is asked for."""
