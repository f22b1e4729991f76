gazetteMeaning.put("topics",[["routing","Routing"],["proteins","Proteins"]]);
