"""The intake (F7): a family registered on one screen, kept as a draft until it is saved.

Imports editors and lists. Called by `assembly`.
"""
