"""Pages that belong to no app: signs of life, and the addresses the web expects of every site."""
