"""Numbers, agendas, order papers and what conference decided: from the ruling to the register."""
