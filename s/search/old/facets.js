searchData("old/facets","e3b0c442",[])
