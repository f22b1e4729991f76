"""A build: what is stale is made again, and the site changes all at once."""
