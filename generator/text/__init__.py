"""Texts: TeX undone, Markdown to HTML, words and addresses found."""
