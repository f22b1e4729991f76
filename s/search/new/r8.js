searchData("new/r8","571865",[["The TeXbook","Donald E. Knuth","2025-01-02"]])
