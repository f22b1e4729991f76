gazetteMeaning.put("topic-proteins","E8-WD");
