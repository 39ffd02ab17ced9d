"""Payments and obligations: their files, what is asked about them, and as part of other files."""
