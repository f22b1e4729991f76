searchData("new/r5","571865",[["Part","A. B. van der Waals, Charles de Gaulle, Jean-Paul Sartre III","2025-01-02"]])
