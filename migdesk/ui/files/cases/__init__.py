"""The file of a case: its way, its papers, its decision, its appeal; new cases, one or many."""
