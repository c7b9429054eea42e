"""Work for the background."""
