gazetteMeaning.put("days","2025-09-22:2,2025-09-23:1",1,32,"");
