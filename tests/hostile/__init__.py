"""What an attacker or a careless person does to the site."""
