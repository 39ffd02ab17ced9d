"""The frame around the pages: side bar, top bar, status bar, search.

Imports `look`, `parts`, `tasks` and `workplace`.
"""
