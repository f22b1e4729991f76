"""Words that papers share and that tell no reader why: left out of the reasons shown.

They count in likeness like any other word.
"""

from __future__ import annotations

import re

DULL = frozenset(
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
