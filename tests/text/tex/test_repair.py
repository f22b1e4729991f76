"""What TeX and web pages do to text is undone; all else stays."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.text import markup, tex


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        # accents
        (r"T\"ULU 3 and B\'ezier", "TÜLU 3 and Bézier"),
        (r"Schr\"{o}dinger, na\"{\i}ve, Ren\'e", "Schrödinger, naïve, René"),
        (r"Toma\v{s}ev, Mah\={a}n\={a}ma, s\u{a}, Do\~nana", "Tomašev, Mahānāma, să, Doñana"),
        (r"Bj{\o}ntegaard, Bokm{\aa}l, {\L}ukasiewicz", "Bjøntegaard, Bokmål, Łukasiewicz"),
        (r"\'ultimos a\~nos, \^O \u{A}n Quan", "últimos años, Ô Ăn Quan"),
        (r"the MLLM\'s language", "the MLLM's language"),
        # dashes, quotes, ties, escapes
        ("Part I -- Optimal, 1B--7B, one---two", "Part I – Optimal, 1B–7B, one—two"),
        (
            "``skills,'' ``mainstream\" and ''informative''",
            "“skills,” “mainstream” and “informative”",
        ),
        ("politeness `Krama' Javanese", "politeness ‘Krama’ Javanese"),
        ("models~(PLMs), JiuZhang~2.0, 0.35~m/s", "models (PLMs), JiuZhang 2.0, 0.35 m/s"),
        (r"0.07\% of Q\&A, Part \_A, \#2", "0.07% of Q&A, Part _A, #2"),
        (r"under-investi\-gated, pre\--trained", "under-investigated, pre-trained"),
        # commands
        (
            r"(\eg adapters), \ie, lip-sync, \etc. Then",
            "(e.g. adapters), i.e., lip-sync, etc. Then",
        ),
        (
            r"\emph{new}, \textit{e.g.}, {\em trigger} and {it misaligned}",
            "*new*, *e.g.*, *trigger* and *misaligned*",
        ),
        (r"\textbf{P}ersonalized {\bf ARM}", "**P**ersonalized **ARM**"),
        (r"\textbf{\textsc{FastCuRL}}, \texttt{opt_1}", "**FastCuRL**, `opt_1`"),
        ("{scriptsize CODE2SEQ} and textbf{bold}", "CODE2SEQ and **bold**"),
        (r"\underline{\textbf{Fed}}erated", "**Fed**erated"),
        (r"PM\textsuperscript{4}Bench, mAP\textsubscript{50}", "PM⁴Bench, mAP₅₀"),
        (r"360{\deg} rotation, {\mu}m, 0.60 \pm 0.05", "360° rotation, μm, 0.60 ± 0.05"),
        (r"filtering (\r{ho} = 0.34), {\alpha}-\b{eta} frames", "filtering (ρ = 0.34), α-β frames"),
        (r"insights: \ding{182} Current", "insights: ❶ Current"),
        (r"\textcolor{red}{text}, {\color{ddt}D}ecoupled", "text, Decoupled"),
        (r"benchmark~\cite{yang2022openood}.", "benchmark [yang2022openood]."),
        (r"field\footnote{https://a.bc/d_e_f}.", "field (https://a.bc/d_e_f)."),
        (r"at \url{https://github.com/a/b\_c}.", "at https://github.com/a/b_c."),
        (r"\href{https://a.bc/x}{https://a.bc/x}", "https://a.bc/x"),
        (r"\href{https://a.bc/x}{here}", "[here](https://a.bc/x)"),
        (r"\textbf{We will open-source all", "We will open-source all"),
        # maths between dollars
        (r"a $x_1$ and \(y^2\) or $ \mathbb{F}_q $", r"a $x_1$ and $y^2$ or $\mathbb{F}_q$"),
        (r"with 4\%$\sim$10\% lower", r"with 4%$\sim$10% lower"),
        (r"\[ x = 1 \]", "$$x = 1$$"),
        (r"$\href{https://a.bc}{this}$", "[this](https://a.bc)"),
        ("$5 and $10, over $1 billion (or $0)", "$5 and $10, over $1 billion (or $0)"),
        (r"only \$9 USD and \$148K", "only $9 USD and $148K"),
        ("the A$AP and Ke$ha", r"the A\$AP and Ke$ha"),
        # maths that has lost its dollars
        ("subset (sim0.01% of it)", "subset (~0.01% of it)"),
        ("Adapt-infty: Scalable", "Adapt-∞: Scalable"),
        ("out of 2^k - 1 possible", "out of $2^k - 1$ possible"),
        ("of mathcal{O}(mathcal{C_Phi/m}) for", r"of $\mathcal{O}(\mathcal{C_\Phi/m})$ for"),
        ("m gg n and C_{Phicirc Psi} > C_Psi.", r"$m \gg n$ and $C_{\Phi \circ \Psi} > C_\Psi$."),
        ("models Phi where C_Phi", r"models $\Phi$ where $C_\Phi$"),
        ("frac12D_E^2(P_θ,Q)", r"$\frac12D_E^2(P_θ,Q)$"),
        (r"0.47~\mu\mathrm{m} bands", r"0.47 $\mu\mathrm{m}$ bands"),
        ("a π^3 and pi_{0.5}", r"a π³ and $\pi_{0.5}$"),
        ("R^2, 10^{-5}, x_1, M^3Bench", "R², 10⁻⁵, x₁, M³Bench"),
        ("300times faster, 256times256", "300× faster, 256×256"),
    ],
)
def test_tex_is_undone(raw: str, repaired: str) -> None:
    """Accents, dashes, commands and maths, as real abstracts have them."""
    assert tex.repair(raw) == repaired


@pytest.mark.parametrize(
    "prose",
    [
        "Plain prose, with (brackets), “quotes”, 50% and a/b.",
        "snake_case_names and file_names.py stay, and so do a*b and C++",
        "about ~10 percent, 5~10 items, ~/path, a --option and -1",
        "simple times, the alpha release, to sum up, sim2real, sim-to-real, approx. 5 pm",
        "It said \"yes\", 5'10\" tall, the 90's; it's",
        "a < b > c && d || e <think> </think> <s>",
        '{"a": 1} and {x, y}',
        "costs $5-$10, $1.5M; US$ 20",
        "https://github.com/a/b_c_d and www.a.bc/~user/x--y",
        "lambda calculus, beta-VAE, Phi-3 and the Sigma model in Omega",
        "K-means++ # 1, e.g. [1], [a] (b), i.e. *",
    ],
)
def test_prose_is_left_alone(prose: str) -> None:
    """What looks a little like TeX and is none comes back as it is."""
    assert tex.repair(prose) == prose


@pytest.mark.parametrize(
    ("raw", "repaired", "left"),
    [
        (
            r"we propose \method{} and \ours",
            r"we propose \method{} and \ours",
            [r"\method", r"\ours"],
        ),
        (r"delimiters like \n\n", r"delimiters like \n\n", [r"\n", r"\n"]),
        (r"$\foo_1$ and $x$", r"$\foo_1$ and $x$", [r"$\foo_1$"]),
        (r"\revise{The \emph{new} text}", r"\revise{The *new* text}", [r"\revise"]),
        ("plain", "plain", []),
    ],
)
def test_what_is_not_known_stays(raw: str, repaired: str, left: list[str]) -> None:
    """Commands that authors made up stay as they came, and can be counted."""
    assert tex.repair(raw) == repaired
    assert tex.leftovers(repaired) == left


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("we propose **SEVADE**", r"we propose \*\*SEVADE\*\*"),
        ("a _stressed_ word", r"a \_stressed\_ word"),
        ("`code` and `code`", r"\`code\` and \`code\`"),
        ("[this URL](https://a.bc)", r"[this URL\](https://a.bc)"),
        ("R&amp;D but Q&A; spatial", "R&amp;amp;D but Q&A; spatial"),
        ("1. To enhance\n\n- a\n\n# b", "1\\. To enhance\n\n\\- a\n\n\\# b"),
    ],
)
def test_no_mark_by_accident(raw: str, repaired: str) -> None:
    """A source's text is never Markdown: what would be taken for marks is escaped."""
    assert tex.repair(raw) == repaired
    assert markup.to_text(repaired) == raw


def test_a_title_needs_no_marks_escaped_that_only_blocks_have() -> None:
    """A title may begin with a number or a hash."""
    assert tex.repair_title("1. What is #this?") == "1. What is #this?"
    assert tex.repair_title(r"\emph{So}: T\"ULU") == "*So*: TÜLU"


_BITS = st.sampled_from(
    [
        *" \n.,;:!?'\"()<>&-+=#12abxé中/@^{}~|*_`[]\\",
        *("**", "__", "[a](b)", "[a]: b", "<https://a.bc>", "<a@b.c>", "&amp;", "1. ", "- "),
        *("\n\n", "\n===\n", "\n---\n", "~~~", "```", "a|b\n-|-\n", "\\*"),
    ]
)


@example("\n===\n\n|")
@given(st.lists(_BITS, max_size=12).map("".join))
def test_escaped_text_shows_as_it_came(text: str) -> None:
    """Whatever a text holds, Markdown shows it character for character once it is escaped."""
    paragraphs = "\n\n".join(" ".join(part.split()) for part in text.split("\n\n")).strip()
    line = " ".join(text.split())
    assert " ".join(markup.to_text(tex.escape(paragraphs)).split()) == line
    assert "<em>" not in markup.to_html(tex.escape(paragraphs))
    assert markup.to_text(tex.escape(line, block=False)) == line


@given(st.text(st.sampled_from("\\{}$_^~`'-ab1 %&\n\"emph"), max_size=40))
def test_any_tex_is_survived(text: str) -> None:
    """No text makes the repair fail, and what it returns it leaves alone the next time."""
    markup.to_html(tex.repair(text))
    markup.to_text(tex.repair_title(text))


@pytest.mark.parametrize(
    "unit", ["{", "}", "\\", "$", "\\(", "`", "[", "^{", "a_", "~", "\\c{", "--"]
)
def test_long_nonsense_takes_no_time(unit: str) -> None:
    """The time grows with the length and not with its square: 20,000 of anything are done."""
    assert tex.repair(unit * 20_000) is not None
