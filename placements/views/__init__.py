"""Pages of placements, by who opens them."""
