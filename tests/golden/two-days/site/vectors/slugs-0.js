gazetteMeaning.put("slugs-0","5lbP7AAAAE8-WDAAABiALsfAAAC");
