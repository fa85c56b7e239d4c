"""The second examination set: six shapes of municipal tables, blind to the rules."""
