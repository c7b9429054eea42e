"""Small words for the templates of pages."""
