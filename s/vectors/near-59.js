gazetteMeaning.put("near-59","AAAA4_6KKGsK2iaMX4U1YdGBluzk8cWeYrcwnmyaJemoYZItUgMr");
