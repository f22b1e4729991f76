searchData("new/words0","a4d49f92","A12\"A2025$A50\"Aa#B.#Ab.\"Ac.\"Ad.#Be\"Aj.#Bohn\"Ak.#Al.\"Bong\"An.\"Ao\"B.\"Bf\"Ap.\"Bp\"As.\"Athe\"Av.\"Aw.\"Ax\"")
