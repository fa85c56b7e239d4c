"""The conversation: an agent whose tools are the desk's methods."""
