"""The plan: which pages, feeds and files the site has, and what each is made of."""
