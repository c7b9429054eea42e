"""Facts and letters on their way out, delivered at least once and carried out exactly once. And copies on a search server."""
