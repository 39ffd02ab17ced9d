"""The frame around the pages: side bar, top bar, status bar, search.

Imports `look` and `parts`. Called by `assembly`.
"""
