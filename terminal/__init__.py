"""The terminal door: one file for each group of commands. They call the desk and print."""
