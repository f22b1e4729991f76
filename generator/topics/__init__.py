"""Topics: the curator's rules of content/topics.yaml, and which of them a paper meets.

A rule is a phrase. It holds where its words stand one after the other in the title or the
abstract: capitals do not matter, a hyphen is a space, a word may stand in the singular or in the
plural; of Chinese and Japanese, each character is a word. The phrases are a trie of their words:
a text is walked once, whatever the number of rules.
"""

from generator.topics.matching import Match, Matcher
from generator.topics.rules import Topic, TopicRef, load, read

__all__ = ["Match", "Matcher", "Topic", "TopicRef", "load", "read"]
