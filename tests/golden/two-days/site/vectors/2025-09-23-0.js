gazetteMeaning.put("2025-09-23-0",[["Dense routing \u0026 \u003cothers\u003e","Ada Lovelace","dense-routing"]]);
