"""What templates of placements may call."""
