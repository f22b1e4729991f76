"""Hostile queries: up to ten thousand characters of syntax, Unicode and wildcards."""

from __future__ import annotations

import random

SYNTAX = "+-*~^:\"“”.()[]{}\\/|&#@!?%$,;<>='`_ \n\t"
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "ABC xyz 0123456789 .",
    "大模型语言注意力机制",
    "ภาษาไทย हिन्दी 한국어 עברית العربية",
    "𝒪𝔸🙂👩\u200d🔬\u0301\u0489\ufffd\u202e\u00ad\ud7ff\uffff",
    SYNTAX,
    "ab*" + SYNTAX,
)
WORDS = (
    "model",
    "models*",
    "*ing",
    "lang~2",
    "foo~99",
    "alert~20",
    "+the",
    "-of",
    "title:",
    "a*b*c",
)
LONGEST = 10_000
PARTICULAR = (
    "*" * LONGEST,
    "~" * LONGEST,
    "a*" * (LONGEST // 2),
    "a~" * (LONGEST // 2),
    "a~2 " * (LONGEST // 4),
    "a" * LONGEST,
    "a" * 99 + "~2",
    '"' * LONGEST,
    '"a" ' * (LONGEST // 4),
    "a-" * (LONGEST // 2),
    "the " * (LONGEST // 4),
    "+" * LONGEST,
    "model " * (LONGEST // 6),
    "author:a " * (LONGEST // 9),
    "author:" * (LONGEST // 7),
    "topic:" * (LONGEST // 6),
    "10.1/" * (LONGEST // 5),
    "2501.00001 " * (LONGEST // 11),
    "papers/" * (LONGEST // 7),
    "http://" * (LONGEST // 7),
    "@a{" * (LONGEST // 3),
    "1." * (LONGEST // 2),
    "c++" * (LONGEST // 3),
    "模" * LONGEST,
    "\u0301" * LONGEST,
    "foo~99",
    "alert~20",
    "*",
    "a*",
    "*a*",
    "m*o*d*e*l*s*",
    "*e*e*e*e*e*e*e*e*",
    "e~2 t~2 a~2",
    "models~2 language~2 learning~2",
)


def hostile(seed: int, count: int) -> list[str]:
    """Return ``count`` random queries, each of its own mixture and length."""
    chance = random.Random(seed)  # noqa: S311  # it only has to be the same each time
    found = []
    for _ in range(count):
        length = chance.choice((5, 30, 200, 2000, LONGEST))
        pieces: list[str] = []
        while sum(map(len, pieces)) < length:
            if chance.random() < 1 / 3:
                pieces.append(chance.choice(WORDS) + chance.choice(" \n"))
            else:
                signs = chance.choice(ALPHABETS)
                pieces.append("".join(chance.choices(signs, k=chance.randint(1, 40))))
            if chance.random() < 1 / 3:
                pieces.append(" ")
        found.append("".join(pieces)[:length])
    return found
