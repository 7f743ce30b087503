"""Pages of people and of the bodies they act for."""
