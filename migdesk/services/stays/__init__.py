"""Whether somebody is here lawfully on a day, until when, and why."""
