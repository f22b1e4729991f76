searchData("new/r7","571865",[["SWE-Bench Pro: Can AI Agents Solve Long-Horizon Tasks?","Xiang Deng, Jan de Vries, John von Neumann, …","2025-01-02","","","2509.16941"]])
