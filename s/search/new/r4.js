searchData("new/r4","571865",[["My Thesis","Karl-Heinz Müller-Lüdenscheidt","2025-01-02"]])
