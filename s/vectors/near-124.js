gazetteMeaning.put("near-124","AAACruHch2uqOiIoVfIkulmqYu4ySLm_QwmQoS4ZWfkYlnTXKMiy");
