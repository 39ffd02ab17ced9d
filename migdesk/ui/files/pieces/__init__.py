"""Pieces that several files are made of, and files that are only looked at."""
