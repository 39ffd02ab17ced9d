"""Applications on their way through a public service: opened, decided, appealed; commissions and their sessions."""
