"""The files of people: names, documents, photos, scans, notes; two files of one person merged."""
