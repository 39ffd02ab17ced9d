"""The intake (F7): a family registered on one screen, kept as a draft until it is saved.

Imports `entry`, `files`, `look`, `memory`, `parts`, `shell` and `workplace`.
"""
