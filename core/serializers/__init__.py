"""Shapes of the kernel's requests and answers."""
