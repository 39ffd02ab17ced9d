"""What is asked about units of a quota."""
