"""事例: not drawn yet."""
