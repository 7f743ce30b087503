"""How dates and times read wherever no template says it otherwise: the admin, mostly."""
