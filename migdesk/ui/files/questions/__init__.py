"""Small windows that ask for what an act needs: their fields, their drafts, what is said below them."""
