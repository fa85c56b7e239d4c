"""What the case says of itself, the questions it leaves open, and its papers."""
