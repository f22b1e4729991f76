searchData("new/r1","571865",[["Adam: A method for stochastic optimization","Diederik P Kingma, Jimmy Ba","2025-01-02","","","1412.6980"]])
