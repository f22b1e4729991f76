"""How the site looks: what is the site's own goes before what the program brings."""
