"""The life of a business: built in the background, and deleted after a time in which that can be undone."""
