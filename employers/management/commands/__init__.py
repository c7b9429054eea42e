"""Commands of employers."""
