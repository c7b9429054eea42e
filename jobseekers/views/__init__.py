"""What people ask of profiles: the person, the advisor for them, the coordinator."""
