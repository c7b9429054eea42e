"""Who is signed in, in which role; agencies and teams."""
