searchData("new/r0","571865",[["A Title with ΛCDM","John Smith, Jane A. Doe, The ABC Collaboration","2025-01-02","","","1901.00001"]])
