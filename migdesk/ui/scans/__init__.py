"""Photos and scans in a file: the list with its pages, the scanner's folder, and cutting a person's photo.

Imports `entry`, `files`, `look`, `papers`, `parts` and `workplace`.
"""
