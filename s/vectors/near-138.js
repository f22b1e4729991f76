gazetteMeaning.put("near-138","AAAF6Vw4BmBioYaofKoKnsKsQsgpBU880mjiQoYmkkamTwgiVdGt");
