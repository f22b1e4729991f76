"""The other spellings of a word: hyphenated, joined and parted forms meet.

Beside its own words a text is indexed by those it would hold if it were spelt in another way: what
a hyphen joins as one word (``pre-training`` is ``pretraining`` too), a name with its number as one
(``GPT-4o`` and ``Qwen 2.5`` are ``gpt4o`` and ``qwen2.5``), and such a word by its parts
(``qwen2.5`` is ``qwen`` and ``2.5``). A single sign of a script without spaces is a word too. A
query joins neighbours in the same way, so that each spelling finds the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, count, filterfalse, pairwise

from generator.search.terms import STOP_WORDS, UNSPACED, fold

LONGEST = 24
"""Letters of a joined word, at most: longer ones nobody writes as one."""
_HYPHENS = re.compile("[-\u2010\u2011]")
_PARTS = re.compile(r"[^\W_]+(?:(?<=[0-9])\.(?=[0-9])[^\W_]+)*")
_NUMBERED = re.compile(r"([a-z]{2,}?)(v?[0-9]+(?:\.[0-9]+)*[a-z]{0,3})")
_BEHIND_A_NAME = re.compile(r"[ \n]([vV]?[0-9]+(?:\.[0-9]+)*[A-Za-z]{0,2})(?![^\W_])").finditer
_NAME = re.compile(r"(?<![^\W_])[A-Za-z]{2,}$").search
_DIGIT = re.compile("[0-9]").search
_SINGLE = re.compile(f"[{UNSPACED}]")
# Ends of a compound that is never written as one word.
_NEVER_JOINED = frozenset(
    re.findall(
        r"\S+",
        """
        agnostic aligned augmented aware based centric conditioned dependent driven efficient
        enabled enhanced free generated grained grounded guided independent induced informed
        inspired intensive level like oriented powered related sensitive specific style to type wise
        """,
    )
)
_BEGINNINGS = frozenset(
    re.findall(
        r"\S+",
        """
        anti auto bi bio co counter cross de electro few fine geo hyper inter intra macro mega meta
        micro mid mini mono multi nano neuro non omni out over photo poly post pre pseudo quasi re
        self semi spatio sub super supra tele trans tri ultra un under uni zero
        """,
    )
)
"""What begins a word although it may stand apart (``pre training``, ``zero shot``)."""
_PAIRS = frozenset(
    re.findall(
        r"\S+",
        """
        back-bone back-ground bench-mark bit-map black-box block-chain code-base data-base
        data-bases data-point data-points data-set data-sets deep-fake deep-fakes down-stream
        end-point feed-back feed-forward finger-print flow-chart fore-cast fore-casting frame-rate
        frame-work frame-works free-form hand-writing hand-written hard-ware head-set heat-map
        heat-maps high-light hyper-link image-net key-frame key-frames key-point key-points key-word
        key-words knowledge-base land-mark land-marks land-scape lay-out life-long light-weight
        long-tail look-up low-rank main-stream mark-down mind-set name-space net-work net-works
        note-book off-line off-loading on-board on-device on-line open-source open-world pay-load
        pipe-line play-book play-ground point-cloud point-clouds real-time real-world road-map
        roll-out roll-outs run-time screen-shot screen-shots skip-gram soft-max soft-ware space-time
        spread-sheet spread-sheets stand-alone state-space test-bed test-beds test-time text-book
        text-books time-frame time-line time-series time-stamp time-stamps time-step time-steps
        tool-box tool-kit tool-kits trade-off trade-offs view-point view-points walk-through
        water-mark water-marking water-marks wave-form wave-forms wave-let wave-lets web-page
        web-pages web-site web-sites white-box white-space wide-spread word-net work-bench work-flow
        work-flows work-load work-loads work-place work-space world-wide
        """,
    )
)
"""Two words that many write as one, and some with a space."""
_FIRST = _BEGINNINGS | {pair.partition("-")[0] for pair in _PAIRS}


def other_spellings(text: str, found: Sequence[str]) -> list[str]:
    """Return the words that ``text`` would hold if it were spelt otherwise, each once.

    ``found`` are its words as they are.
    """
    more: dict[str, None] = {}
    plain = text if text.isascii() else _HYPHENS.sub("-", fold(text))
    for before, after in pairwise(plain.split("-")):
        if joined := _joined(before.rpartition(" ")[2], after.partition(" ")[0]):
            more[joined] = None
    numbered = list(filterfalse(str.isalpha, found))
    if numbered and _DIGIT(text):
        more.update(dict.fromkeys(_numbered(text, numbered)))
    for place in compress(count(), map(_FIRST.__contains__, found[:-1])):
        first, second = found[place], found[place + 1]
        if f"{first}-{second}" in _PAIRS or (
            first in _BEGINNINGS and second not in STOP_WORDS and second.isalpha()
        ):
            more[first + second] = None
    if plain is not text and not "".join(found).isascii():
        more.update(dict.fromkeys(_SINGLE.findall(plain)))
    return list(more)


@lru_cache(1 << 15)
def _joined(before: str, after: str) -> str:
    """Return what stands around a hyphen as one word, if anybody would write it so."""
    # What a bracket or a quote cuts off is no part of the compound.
    before, after = fold(before), fold(after)
    firsts, seconds = _PARTS.findall(before), _PARTS.findall(after)
    if not (firsts and before.endswith(firsts[-1]) and seconds and after.startswith(seconds[0])):
        return ""
    first, second = firsts[-1], seconds[0]
    is_number = first[0].isdigit() and (len(second) > 1 or second.isdigit())
    is_apart = is_number or len(first) + len(second) > LONGEST
    if is_apart or first in STOP_WORDS or second in STOP_WORDS or second in _NEVER_JOINED:
        return ""
    return str(first + second)


def _numbered(text: str, numbered: Sequence[str]) -> Iterator[str]:
    """Yield names with their numbers as one word, and such words, ``numbered``, in their parts.

    A number belongs to the name before it if that has a capital letter or the number a point.
    """
    for match in _BEHIND_A_NAME(text):
        name = _NAME(text, max(0, match.start() - LONGEST), match.start())
        if name and (not name[0].islower() or "." in match[1]):
            joined = (name[0] + match[1]).lower()
            if name[0].lower() not in STOP_WORDS and len(joined) <= LONGEST:
                yield joined
    for word in numbered:
        if parts := _NUMBERED.fullmatch(word):
            yield from parts.groups()
