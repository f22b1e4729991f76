searchData("new/r6","571865",[["Something","WHO","2025-01-02"]])
