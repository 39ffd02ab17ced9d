"""Families as they were on any day."""
