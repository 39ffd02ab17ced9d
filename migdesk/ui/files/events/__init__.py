"""What happened to people: the file of an arrival, of another event, of an import; what may come next."""
