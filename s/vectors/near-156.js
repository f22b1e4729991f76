gazetteMeaning.put("near-156","AAAEy_WSmmiik_iWausnulieacg_eYZeQelknYQBcq-kkOBUqumu");
