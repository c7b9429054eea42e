"""Pages of what agencies do together."""
