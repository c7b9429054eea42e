"""Pages of plans, contacts, the advisor's employers and meetings."""
