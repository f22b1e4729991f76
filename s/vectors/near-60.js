gazetteMeaning.put("near-60","AAADyoISKligZUspceJBWo__mihRIOmEiqehM_oQRMqqomleSqev");
