"""One module per page of the side bar: a declaration plus a few action functions."""
