"""What must be done by a day, beside the terms that arrivals and permits carry; appointments."""
