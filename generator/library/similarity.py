"""Find, for a paper, the older papers most like it, and the words that tell a reader why.

Papers are compared by the cosine of their heaviest words. Candidates come from an inverted index
of just those words: a paper looks at the POSTINGS newest papers that have each of its words, and
compares those that it meets at least twice. So a paper costs the same in a small collection and
in a large one.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

import msgspec

from generator.search.terms import STOP_WORDS, words

UNTELLING = frozenset(
    re.findall(
        r"\w+",
        """
    able about above according account achieve achieved achieves achieving across act actual adapt
    address addresses addressing after against aim aims all allow allowing allows along already also
    although among an analysis analyze another any applications applied apply approach approaches
    art associated available average aware based because before being below benchmark benchmarks
    best better between beyond both build building capabilities capability capable capture captures
    case cases challenge challenges challenging code common compared comparison complex
    comprehensive conduct consider consistent consistently construct contain could crucial current
    data demonstrate demonstrated demonstrates demonstrating design designed develop developed
    different difficult directly distinct diverse due during each easily effective effectively
    effectiveness efficient efficiently either enable enables enabling end enhance enhanced enhances
    enhancing ensure ensuring especially evaluate evaluated evaluation even every example examples
    existing experiment experimental experiments explicit explore extensive fail few field finally
    find findings first five focus follow following form four framework frameworks full fully
    further furthermore gap general generally given gives good great hand help hence high higher
    highly however identify impact important improve improved improvement improvements improves
    improving include including increase increasing inherent input instead integrate interest
    introduce introduced introduces introducing investigate involve involves issue issues its just
    key lack lead leading leads less level leverage leverages leveraging like limit limitation
    limitations limited low lower made main mainly make makes making many may mean means method
    methods might model models more moreover most much multiple namely naturally nature need needed
    needs nevertheless new not notably novel number obtain obtained often one ones only open order
    original other others outperform outperforming outperforms output over overall own paper papers
    part particular particularly per perform performance performs perspective poor possible
    potential power practical practice present presented presents previous primarily prior problem
    problems process processes produce promising propose proposed proposes provide provided provides
    providing purpose quality range rather real recent recently reduce reduced reduces reducing
    related relative relatively rely remain remains report require required requires requiring
    research researchers respectively result resulting results reveal role same scale scenarios
    second set setting settings several should show showing shown shows significant significantly
    similar simple simply simultaneously since single solution solutions solve some source specific
    specifically standard state step still strategy strong studies study such suffer suggest
    superior support system systems take taking task tasks technique techniques term terms test
    then these thereby third thorough those three through throughout thus time together toward
    towards traditional train trained training two type types typically under understand unique
    unlike until up upon use used useful user users uses using usually utilize utilizing validate
    various very via way ways well whether while whole wide widely within without work works world
    would yet yield yields
    """,
    )
)


POSTINGS = 16
MOST = 3
SHOWN = 4
# Of 50,000 arXiv papers, 14 pairs found are this much alike or more: revisions, sequels and
# translations of one work. Just below begin different works on one subject.
ALIKE = 0.75


class Related(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A related paper and the words that both papers are about, the most telling first."""

    slug: str
    terms: tuple[str, ...]


Near = tuple[Related, ...]
"""The related papers of one paper, best first."""


class Profile(msgspec.Struct, frozen=True, array_like=True):
    """What a paper is compared by: its heaviest words, heaviest first, and the vector's length."""

    slug: str
    title: str
    terms: dict[str, int]
    length: float

    @classmethod
    def of(cls, slug: str, title: str, terms: dict[str, int]) -> Profile:
        """Return the profile of the paper ``slug``."""
        length = math.sqrt(sum([weight * weight for weight in terms.values()]))
        return cls(slug, title, terms, length)


class Postings(dict[str, list[int]]):
    """For each word the papers that are compared by it, as their places in time, rising.

    What comes packed stays packed until it is wanted.
    """

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        super().__init__()
        self._packed = dict(packed)

    def __missing__(self, word: str) -> list[int]:
        """Unpack the places of the papers that have ``word``."""
        numbers = array("I", self._packed.pop(word, b"")).tolist()
        self[word] = numbers
        return numbers

    def add(self, words: Iterable[str], place: int) -> None:
        """Enter the paper at ``place``."""
        for word in words:
            numbers = self[word]
            if not numbers or numbers[-1] < place:
                numbers.append(place)
            else:
                insort(numbers, place)

    def remove(self, words: Iterable[str], place: int) -> None:
        """Take the paper at ``place`` out."""
        for word in words:
            numbers = self[word]
            del numbers[bisect_left(numbers, place)]

    def move(self, places: Mapping[int, int]) -> None:
        """Give every paper the new place that ``places`` has for its old one."""
        for word in [*self._packed, *self]:
            self[word] = [places[number] for number in self[word]]

    def pack(self) -> dict[str, bytes]:
        """Return all, packed."""
        return self._packed | {
            word: array("I", numbers).tobytes() for word, numbers in self.items() if numbers
        }

    def reached(self, word: str, place: int, first: int, end_of: Callable[[int], int]) -> list[int]:
        """Return the papers that look at ``word`` and see whether a paper is at ``place``.

        ``first`` is the first place of that paper's day; ``end_of`` gives the end of the day of
        any place. What is beside it and may not be seen is seen here too: that does no harm.
        """
        numbers = self[word]
        last = bisect_left(numbers, place) + POSTINGS
        seen: list[int] = []
        for number in numbers[bisect_left(numbers, first) :]:
            if bisect_left(numbers, end_of(number)) > last:
                break
            seen.append(number)
        return seen


class Profiles(dict[int, Profile]):
    """The profile of each paper by its place; what comes packed is unpacked when it is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.packed: dict[int, msgspec.Raw] = {}

    def __missing__(self, place: int) -> Profile:
        """Unpack the profile of the paper at ``place``."""
        profile = self[place] = _PROFILE.decode(self.packed[place])
        return profile

    def pack(self, papers: int) -> list[msgspec.Raw]:
        """Return the profiles of so many papers, packed."""
        known = self.packed.get
        return [
            known(place) or msgspec.Raw(msgspec.msgpack.encode(self[place]))
            for place in range(papers)
        ]


_PROFILE = msgspec.msgpack.Decoder(Profile)


def nearest(place: int, end: int, postings: Postings, profiles: Profiles) -> Near:
    """Return the papers most like the one at ``place``, of those that share two of its words.

    They are of its own day, which ends before the place ``end``, or older.
    """
    own = profiles[place]
    terms = own.terms
    words = terms.keys()
    met: list[int] = []
    for word in terms:
        numbers = postings[word]
        last = bisect_left(numbers, end)
        met += numbers[last - POSTINGS if last > POSTINGS else 0 : last]
    found: list[tuple[float, int]] = []
    for other, times in Counter(met).items():
        if times > 1 and other != place:
            theirs = profiles[other]
            weights = theirs.terms
            product = sum([terms[word] * weights[word] for word in words & weights.keys()])
            found.append((product / theirs.length, other))
    found.sort(reverse=True)
    too_much = ALIKE * own.length
    others = (
        profiles[other]
        for likeness, other in found
        if likeness < too_much and profiles[other].title != own.title
    )
    return tuple([Related(other.slug, _shared(own, other)) for other in islice(others, MOST)])


def _shared(own: Profile, other: Profile) -> tuple[str, ...]:
    """Return the heaviest words that two papers share, those that say why if there are any."""
    shared = [word for word in own.terms if word in other.terms]
    return tuple(([word for word in shared if word not in UNTELLING] or shared)[:SHOWN])


TITLE = 2
"""A word of the title counts as often as one that the abstract has this many times."""
MOST_WORDS = 255
# It begins with a letter, and is not one Latin letter alone.
TELLING = re.compile(r"[^\W\d_a-z]|[a-z].").match


class Subject(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The words a paper is about, a space between, and how often each counts, up to MOST.

    ``title`` is the title, folded: two papers of one title are one work.
    """

    title: str
    words: str
    counts: bytes

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Yield each word and its count."""
        return zip(self.words.split(), self.counts, strict=True)


def subject(title: str, abstract: str) -> Subject:
    """Return what a paper of this title and this abstract, plain texts both, is about.

    A word that an abstract uses once says little of its subject and is left out, and so are
    numbers and single Latin letters; that leaves a quarter of the work.
    """
    heading = words(title)
    counts = Counter(words(abstract))
    found = {
        word: count
        for word, count in counts.items()
        if count > 1 and word not in STOP_WORDS and TELLING(word)
    }
    for word in heading:
        if word not in STOP_WORDS and TELLING(word):
            found[word] = counts[word] + TITLE
    most = bytes([min(MOST_WORDS, count) for count in found.values()])
    return Subject(" ".join(heading), " ".join(found), most)
