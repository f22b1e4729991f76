"""A source's text, with what TeX left in it -> our Markdown."""


def repair(raw: str) -> str:
    """Return an abstract as Markdown; prose without TeX comes back as it is."""
    return raw


def repair_title(raw: str) -> str:
    """Return a title as Markdown on one line."""
    return raw
