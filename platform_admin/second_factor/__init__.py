"""Signing in to the back office with a code from a phone, by django-otp."""
