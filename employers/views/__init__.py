"""The pages of employers: joining, workplaces, offers, the steps of a posting, following it."""
