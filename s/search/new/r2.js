searchData("new/r2","571865",[["Draft on ß and “x”","Łukasz Kaiser, Ø. Ås","2025-01-02"]])
