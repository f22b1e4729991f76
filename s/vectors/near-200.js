gazetteMeaning.put("near-200","AAAB_YYskkuVYeqfmkWzRkBeuhWy_Y0cckgatCJ_yh0QmWNmligg");
