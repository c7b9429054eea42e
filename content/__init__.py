"""What editors write: pages in Wagtail, events with places, the newsletter. Nothing here is about a jobseeker."""
