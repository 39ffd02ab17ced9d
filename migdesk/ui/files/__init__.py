"""Files: one record with everything around it, and the small windows that change it.

Imports parts, lists and editors. Called by `assembly` and list pages.
"""
