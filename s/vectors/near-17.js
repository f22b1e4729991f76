gazetteMeaning.put("near-17","AAAImgm4ZjqeemkYvqn51cX02QqahqmqqmUBcYaVpMmyuUUd_0Yg");
