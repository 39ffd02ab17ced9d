"""Lists of other bodies: taken in, and people checked by them."""
