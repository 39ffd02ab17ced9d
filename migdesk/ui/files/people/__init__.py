"""The file of a person with its tabs."""
