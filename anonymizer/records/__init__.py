"""Tables of people: plans, what they do, previews, alternatives and certificates."""
