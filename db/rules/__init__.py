"""Pure rules of the call desk: no I/O and no clock of their own."""
