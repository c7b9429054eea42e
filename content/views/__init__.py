"""The pages that editors write, and what visitors can do on them."""
