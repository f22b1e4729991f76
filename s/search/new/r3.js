searchData("new/r3","571865",[["GPT-4 Technical Report","OpenAI","2025-01-02","","","2303.08774"]])
