"""Official papers: offered, filled, numbered, drawn, kept."""
