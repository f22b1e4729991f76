searchData("new/facets","a4d49f92",[[["2025-01-02"],"          ","+",{},""]])
