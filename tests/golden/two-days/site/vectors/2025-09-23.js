gazetteMeaning.put("2025-09-23","iALsftggoadmiadeacoilaeQieMgtacoYUWwUpYQS2WQBYuia2B9B");
