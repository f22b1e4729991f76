gazetteMeaning.put("2025-09-22-0",[["Sparse Routing of k Experts","Ada Lovelace, S\u00f8ren \u00c5s, \u738b\u5c0f\u660e, \u2026","sparse-routing"],["Protein folds",""]]);
