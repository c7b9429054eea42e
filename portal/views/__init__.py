"""The website's own pages, and the home page of each role."""
