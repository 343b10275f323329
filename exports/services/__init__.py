"""What changes export jobs."""
