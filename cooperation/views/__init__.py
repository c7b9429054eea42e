"""Pages of plans, contacts and the advisor's employers."""
