"""What leaves: written in an order of its own, read back, and judged against whoever reads it."""
