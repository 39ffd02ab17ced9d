"""What happens to people: arrivals, moves, returns, departures, what is corrected of them, and who receives them."""
