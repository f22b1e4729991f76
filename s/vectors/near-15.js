gazetteMeaning.put("near-15","AAAJwXcRgwamWMexP6B62ukqqoSoYw_BsXUe4ikEw6PcOwee2ugq");
