gazetteMeaning.put("topic-routing","5lbP7iALsf");
