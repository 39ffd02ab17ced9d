"""Help: pages shipped as Markdown in `resources/help`, and the window that shows them at the page one stands on.

Imports the looks and parts of the window. Called by dialogs and by the ways out of a page (F1).
"""
