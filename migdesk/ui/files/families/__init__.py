"""The file of a family, and what is asked when something happens to it."""
