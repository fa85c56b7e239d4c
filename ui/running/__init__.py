"""Long work beside the screen, and what holds when it is stopped or fails."""
