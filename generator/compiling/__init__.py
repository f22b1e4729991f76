"""Templates compiled for one site: what is the same on every page is worked out once.

Jinja looks up and calls everything while it renders. Here a text of the interface or a setting
that stands in a template becomes part of its fixed text, and functions that never change are
called directly. The pages are the same, and take two thirds of the time.
"""

from generator.compiling.environment import SiteEnvironment, escaped

__all__ = ["SiteEnvironment", "escaped"]
