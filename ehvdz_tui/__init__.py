"""The front door: command line, settings and the app that wires everything."""
