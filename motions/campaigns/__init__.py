"""Model motions that campaigns of the party offer, and what bodies made of them."""
