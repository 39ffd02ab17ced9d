"""Help: pages shipped as Markdown in `resources/help`, and the window that shows them at the page one stands on.

Imports `look`.
"""
