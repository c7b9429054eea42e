"""What happened: one event row per change, one row per read of a person's data."""
