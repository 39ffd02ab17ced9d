"""Pictures of every part and screen, for eyes: `python -m migdesk.ui.gallery.pictures OUT`.

Imports the whole window; called by `make screens` and the demo.
"""
