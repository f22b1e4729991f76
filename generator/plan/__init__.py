"""Which pages the site has, and what fills each."""
