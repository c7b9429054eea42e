"""Several agencies around one person: joint meetings, the person's plan, the log of contacts."""
