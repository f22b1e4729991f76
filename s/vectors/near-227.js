gazetteMeaning.put("near-227","AAAGQwQwwwwwwwwwwwwQQQwQQwQwwQQwwQwwwQQwwQQwQwQwwQwQ");
