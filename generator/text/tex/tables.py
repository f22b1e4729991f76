"""TeX's names: symbols, accents, letters, styles. Only what abstracts use; counted, not guessed.

A command that is in none of these tables is left as it came.
"""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    """Return the table that ``text`` spells as ``name sign name sign ...``."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def names(text: str) -> frozenset[str]:
    """Return the names that ``text`` lists."""
    return frozenset(text.split())


GREEK = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι "
    "kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ "
    "upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π "
    "Sigma Σ "
    "Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
# Signs between two things and signs that stand for one; ``\sim`` is what people type as ``~``.
OPERATORS = _pairs(
    "times × pm ± mp ∓ cdot · div ÷ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ le ≤ "
    "leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ll ≪ gg ≫ ne ≠ neq ≠ equiv ≡ sim ~ simeq ≃ approx ≈ "
    "cong ≅ propto ∝ lesssim ≲ gtrsim ≳ to → rightarrow → leftarrow ← leftrightarrow ↔ "
    "longrightarrow ⟶ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ "
    "hookrightarrow ↪ nrightarrow ↛ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ supset ⊃ "
    "supseteq ⊇ cup ∪ cap ∩ setminus ∖ wedge ∧ vee ∨ land ∧ lor ∨ neg ¬ mid | parallel ∥ perp ⊥ "
    "prec ≺ preceq ⪯ succ ≻ succeq ⪰ coloneqq ≔ vdash ⊢ models ⊨ vDash ⊨ sqsubseteq ⊑ boxtimes ⊠"
)
SYMBOLS = {
    **GREEK,
    **OPERATORS,
    **_pairs(
        "infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ forall ∀ exists ∃ emptyset ∅ "
        "varnothing ∅ sum ∑ prod ∏ int ∫ oint ∮ sqrt √ angle ∠ triangle △ square □ Box □ "
        "blacksquare ■ diamond ⋄ top ⊤ bot ⊥ dagger † dag † ddagger ‡ ddag ‡ prime ′ degree ° "
        "deg ° uparrow ↑ downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ ldots … dots … dotsc … "
        "dotsb … "
        "cdots ⋯ vdots ⋮ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | "
        "vert | lVert ‖ rVert ‖ Vert ‖ checkmark ✓ clubsuit ♣ heartsuit ♥ spadesuit ♠ backslash \\ "
        "lbrace { rbrace } colon : circledR ® upmu µ "
        "textdegree ° textmu µ textregistered ® textcopyright © copyright © texttrademark ™ "
        "textperthousand ‰ textpertenthousand ‱ textasciitilde ~ textasciicircum ^ "
        "textbackslash \\ textbar | textless < textgreater > textunderscore _ textbullet • "
        "texttimes × textpm ± "
        "textdagger † textsection § textquotedblleft “ textquotedblright ” textquoteleft ‘ "
        "textquoteright ’ textellipsis … textemdash — textendash – textrightarrow → euro € "
        "texteuro € pounds £ textsterling £ S § P ¶ slash / LaTeX LaTeX TeX TeX BibTeX BibTeX"
    ),
}
# Letters that are no accented ones.
LETTERS = _pairs("ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ")
# An accent's command -> the combining character that follows the letter.
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "d": "\u0323",
}
# Functions whose name is their sign.
FUNCTIONS = names(
    "arccos arcsin arctan arg argmax argmin cos cosh cot csc deg det dim exp gcd hom inf ker lg "
    "lim liminf limsup ln log max min mod poly sec sin sinh sup tan tanh Pr"
)
# The macros that authors define for common abbreviations.
ABBREVIATIONS = {
    "eg": "e.g.",
    "Eg": "E.g.",
    "ie": "i.e.",
    "Ie": "I.e.",
    "etc": "etc.",
    "etal": "et al.",
    "cf": "cf.",
    "vs": "vs.",
    "aka": "a.k.a.",
    "iid": "i.i.d.",
    "wrt": "w.r.t.",
    "wlog": "w.l.o.g.",
}
# Commands with one argument that Markdown can show: strong, stress and code.
STRONG = frozenset(["textbf", "mathbf", "bf", "bfseries"])
STRESS = frozenset(["emph", "em", "textit", "textsl", "it", "itshape", "sl"])
CODE = frozenset(["texttt", "tt", "ttfamily", "verb"])
# Commands whose argument is shown as it is.
PLAIN = names(
    "text textrm textsc textsf textup textmd textnormal mbox hbox fbox underline uline ul sout "
    "mathrm lowercase uppercase num boldmath rm sc sf small tiny scriptsize footnotesize "
    "normalsize large "
    "Large LARGE huge Huge scshape rmfamily sffamily upshape normalfont ensuremath makebox"
)
# Commands for abbreviations that a glossary explains: shown as their key.
GLOSSARY = names("ac acf acl acp acs acrfull acrlong acrshort gls glspl Gls")
# Commands that name other works or places, by keys.
CITATIONS = names("cite citep citet citealp citealt citeauthor citeyear ref eqref autoref")
# Commands that say only how to set what follows.
SILENT = names(
    "noindent par centering newline linebreak smallskip medskip bigskip xspace protect relax "
    "displaystyle textstyle scriptstyle limits nolimits quad qquad thinspace hfill vfill "
    "space allowbreak nobreak leavevmode indent label vspace hspace"
)
# Switches within braces: {\it ...}; the pages we read lose the backslash.
SWITCHES = names(
    "it bf em tt sc sf rm sl small tiny scriptsize footnotesize normalsize large Large LARGE"
)
# What maths wraps around letters, and how plain text shows it.
ALPHABETS = names(
    "mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak mathscr boldsymbol bm bold pmb "
    "cal operatorname text textrm textbf textit texttt textsc textsf mathop mbox"
)
DECORATIONS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "underline": "\u0332",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
}
_RAISED = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾iⁱnⁿ"
_LOWERED = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ"
SUPERSCRIPTS = dict(zip(_RAISED[::2], _RAISED[1::2], strict=True))
SUBSCRIPTS = dict(zip(_LOWERED[::2], _LOWERED[1::2], strict=True))


def dingbat(number: int) -> str:
    r"""Return the digit in a circle, or the mark, that ``\ding{number}`` sets; else nothing."""
    for first, last, sign in ((51, 56, "✓"), (172, 181, "①"), (182, 191, "❶"), (192, 201, "➀")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return ""
