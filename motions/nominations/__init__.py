"""Posts that conference fills, and who is nominated for them."""
