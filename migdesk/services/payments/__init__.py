"""What is due by law, what was paid, and the obligation to stay."""
