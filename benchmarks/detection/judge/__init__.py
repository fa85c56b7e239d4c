"""What the judge of statements and names learns from, and how it learns."""
