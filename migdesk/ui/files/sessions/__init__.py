"""The file of a session of a commission, and what is asked about it."""
