"""Pages that were copied, saved or sent: rows, lines, titles, and the digest that they are."""
