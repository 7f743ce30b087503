"""The Conference Arrangements Committee: its rules, its desk, its rulings and appeals."""
