"""The file of a receiving person, an employer or a school."""
