"""Permits: issued, extended, replaced, revoked, and those who depend on them."""
