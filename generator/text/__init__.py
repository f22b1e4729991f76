"""Texts: what is Markdown, what is TeX, and what a reader reads of them."""
