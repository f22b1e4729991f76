gazetteMeaning.put("2025-09-22","5lbP7wdmwUeseWkkWfuomigSmgMjtgcqZYWuMvbRU4SQBYrjY-B-BE8-WDsfUiWYluwmmqCqGVciwnchu_mqoqkcgITmuegcMclyUsueBh");
