searchData("old/rare","e3b0c442","")
