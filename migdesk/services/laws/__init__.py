"""The law as this office applies it: read, explained, changed by an act, and what a change would touch."""
