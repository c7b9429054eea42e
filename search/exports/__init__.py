"""Open postings as other machines read them: our own form, that of JobTech and that of NAV. Only what the public page shows."""
