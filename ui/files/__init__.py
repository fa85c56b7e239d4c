"""What was read of each file, and how to correct it."""
