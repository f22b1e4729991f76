gazetteMeaning.put("near-163","AAAHrgiZko2BXFZ_Y9WEUmYYmtcWlkgcKicpkUSNY2OesKlcye_6");
