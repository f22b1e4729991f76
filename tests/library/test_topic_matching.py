"""Topics: how rules are read, which papers meet them, and which they miss."""

from __future__ import annotations

from datetime import date

import pytest

from generator.content import topics
from generator.content.topics import Topic
from generator.library.topic_matching import Match, Matcher
from generator.model import Paper
from generator.system.errors import SourceError

RULES = """
Agents: [LLM agent, tool use]
Vision:
  slug: seeing
  description: Images
    and video.
  phrases: [computer vision]
  title: [image]
  labels: [cs.CV]
Theory: [lower bound]
Policy: [policy]
"""


def paper(title: str = "", abstract: str = "", labels: tuple[str, ...] = ()) -> Paper:
    """Return a paper with these words."""
    day = date(2025, 9, 23)
    return Paper(slug="a", title=title, abstract=abstract, topics=labels, date=day)


@pytest.fixture
def matcher() -> Matcher:
    """Return the compiled RULES."""
    return Matcher(topics.read(RULES, "topics.yaml"))


def test_a_topic_is_a_list_of_phrases_or_a_mapping() -> None:
    """Both forms are read, in the order of the file; text is folded to one line."""
    agents, vision, *_ = topics.read(RULES, "topics.yaml")
    assert agents == Topic(slug="agents", name="Agents", phrases=("LLM agent", "tool use"))
    assert vision == Topic(
        slug="seeing",
        name="Vision",
        description="Images and video.",
        phrases=("computer vision",),
        title=("image",),
        labels=("cs.CV",),
    )


def test_no_topics_are_no_error() -> None:
    """A file that is empty, or all comments, has no topics."""
    assert topics.read("# none yet\n", "topics.yaml") == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Agents: [a\n", 2, "this is not YAML"),
        ("- Agents\n", 1, "expected topics as"),
        ("A: [a]\nAgents: agent\n", 2, "a list of phrases or a mapping"),
        ("Agents:\n  phrase: [a]\n", 2, "unknown key 'phrase'; known: description, labels,"),
        ("Agents:\n  description: [a]\n", 2, "description must be text"),
        ("Agents:\n  phrases: a\n", 2, "expected a list of phrases"),
        ("Agents:\n  phrases:\n    - a\n    - '--'\n", 4, "a phrase must be a word or words"),
        ("A-B: [a]\na b: [b]\n", 2, "give it a `slug:`"),
        ("Agents:\n  slug: The Agents\n  phrases: [a]\n", 2, "should be letters a-z, digits, -"),
        ("Agents:\n  title: [a]\n  title: [b]\n", 3, "'title' stands here twice"),
        ("A: [a]\n? [b]\n: [c]\n", 2, "the name of a topic must be text"),
        ("A: [a]\nB: [\x00]\n", 2, "control characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str) -> None:
    """Each mistake names the line and what would be right."""
    with pytest.raises(SourceError) as found:
        topics.read(text, "topics.yaml")
    assert (found.value.line, words in str(found.value)) == (line, True), str(found.value)


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("An LLM agent acts.", ("agents",)),
        ("LLM-agents act.", ("agents",)),
        ("llm\nAgent", ("agents",)),
        ("Tool-use and policies.", ("agents", "policy")),
        ("Our LLM acts as an agent.", ()),
        ("We look at images.", ()),
        ("An agent.", ()),
        ("The lower, bound", ("theory",)),
        ("", ()),
    ],
)
def test_a_phrase_holds_where_its_words_stand_together(
    matcher: Matcher, abstract: str, expected: tuple[str, ...]
) -> None:
    """Capitals, hyphens, line ends and plurals do not matter; other words between do."""
    assert matcher.topics_of(paper(abstract=abstract)) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "met"),
    [
        ("policies", "a policy", True),
        ("policy", "policies", True),
        ("loss", "losses", True),
        ("losses", "loss", True),
        ("analysis", "analyses", True),
        ("bias", "biases", True),
        ("corpus", "corpuses", True),
        ("classes", "a class", True),
        ("keys", "the key", True),
        ("bus", "bu", False),
        ("few-shot", "few shots", True),
        ("a b", "a a b", True),
        ("a b c", "a b a b c", True),
        ("a b c", "a b", False),
        ("Schrödinger", "SCHRÖDINGER", True),
        ("强化学习", "一种强化学习方法", True),
        ("强化学习", "强化的学习", False),
        ("LLM", "用LLM推理", True),
    ],
)
def test_a_word_holds_in_either_number_and_in_any_script(
    phrase: str, text: str, *, met: bool
) -> None:
    """Singular and plural are one word; Chinese has no spaces that could part words."""
    rules = Matcher([Topic(slug="a", name="A", phrases=(phrase,))])
    assert bool(rules.topics_of(paper(text))) is met


def test_the_best_topic_comes_first(matcher: Matcher) -> None:
    """A label beats the title, the title beats the abstract."""
    found = paper("A policy", "An LLM agent, a lower bound, an LLM agent.", ("cs.cv", "cs.RO"))
    assert matcher.topics_of(found) == ("seeing", "policy", "agents")


def test_labels_are_never_dropped(matcher: Matcher) -> None:
    """Three topics are kept where rules give more, and each that a person or a source named."""
    found = paper("Image policy", "tool use, a lower bound", ("Theory", "agents"))
    assert matcher.topics_of(found) == ("agents", "theory", "seeing")
    named = paper("Image", "", ("Theory", "agents", "policy", "cs.CV"))
    assert len(matcher.topics_of(named)) == 4


def test_every_rule_met_is_told(matcher: Matcher) -> None:
    """A curator can ask why: the rule, the place, how often."""
    found = paper("Image policies", "A policy of policies.", ("agents",))
    assert matcher.matches(found) == (
        Match("agents", "agents", "label"),
        Match("seeing", "image", "title"),
        Match("policy", "policy", "title"),
        Match("policy", "policy", "abstract", 2),
    )
