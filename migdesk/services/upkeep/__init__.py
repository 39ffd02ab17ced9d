"""Upkeep: the office made, copied, brought back and examined; who may do what; the journal."""
