"""What anyone may browse: published postings."""
