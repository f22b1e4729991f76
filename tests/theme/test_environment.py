"""Templates compiled for one site give what Jinja's own environment gives."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from generator.theme.environment import SiteEnvironment, escaped

TEXTS = {"hello": "Hello & <you>", "papers": "{n} papers"}
SITE = SimpleNamespace(
    title="A & B", tagline="", size=3, card=("a", "b"), nav={"x": "y"}, none=None
)
URLS = SimpleNamespace(HOME="index.html", paper=lambda slug: f"papers/{slug}.html")


def text(key: str, n: int | None = None) -> str:
    """Return a text of the interface."""
    return TEXTS[key] if n is None else TEXTS[key].format(n=n)


def link(target: str, *, anchor: str = "") -> str:
    """Return a link, another one each time as far as the compiler knows."""
    return f"../{target}{anchor}"


PARTS = {
    "base.html": "<{% block a %}{% endblock %}{% block b %}b {{ count }}{% endblock %}>",
    "part.html": "part {{ count }}{% for each in site.card %}{{ each }}{% endfor %}",
}
FUNCTIONS: dict[str, Any] = {"t": text, "link": link, "urls": URLS}


def both(source: str, **context: object) -> tuple[str, str]:
    """Return what our environment makes of a template, and what Jinja's makes of it."""
    options: dict[str, Any] = {
        "loader": DictLoader({"page.html": source, **PARTS}),
        "autoescape": True,
        "undefined": StrictUndefined,
    }
    ours = SiteEnvironment(
        constants={"site": SITE, "urls": URLS},
        functions=FUNCTIONS,
        pure=frozenset(["t"]),
        known=repr((SITE, TEXTS)),
        **options,
    )
    jinjas = Environment(**options)  # noqa: S701  # it is among the options
    jinjas.globals |= {"site": SITE, **FUNCTIONS}
    made = ours.rendered(ours.get_template("page.html"), context)
    return made, jinjas.get_template("page.html").render(context)


@pytest.mark.parametrize(
    "source",
    [
        "{% extends 'base.html' %}{% block a %}{{ count }}{% include 'part.html' %}{% endblock %}",
        "{% extends 'base.html' %}{% block b %}{{ super() }}{{ self.a() }}{% endblock %}",
        (
            "{% block a %}{% for each in 'ab' %}{{ each }}{% block c scoped %}{{ each }}"
            "{% endblock %}{% endfor %}{% endblock %}{% include 'part.html' %}"
        ),
        "{{ t('hello') }} {{ t('papers', n=2) }} {{ t('papers', n=count) }}",
        "{{ t('hello') | upper }} {{ t('he' ~ 'llo') }} {{ t(key) }}",
        "{{ site.title }} {{ site.size + 1 }} {{ site.none }} {{ site.card | join('&') }}",
        "{% if site.tagline %}x{% else %}{{ site.title | length }}{% endif %}",
        "{% for name, value in site.nav.items() %}{{ name }}={{ value }}{% endfor %}",
        "{{ link(urls.HOME) }} {{ link(urls.paper(slug)) }} {{ link(slug, anchor='#<') }}",
        "{{ link(*[slug]) }} {{ link(**{'target': slug}) }}",
        "{% for link in [1, 2] %}{{ link }}{% endfor %}",
        "{% set site = {'title': slug} %}{{ site.title }}",
        "{% macro t(key) %}<{{ key }}>{% endmacro %}{{ t('hello') }}",
        "{% macro row(x, y) %}<{{ x }}{{ y }}>{% endmacro %}{{ row(slug, 1) }}{{ row(y=1, x=2) }}",
        "{% macro row(x, y=2) %}{{ x }}{{ y }}{% endmacro %}{{ row(slug) }}{{ row(slug, t(key)) }}",
        "{% macro row() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ row() }}{{ row(1, a=2) }}",
        "{{ ['a<', 'b'] | join(', ') }}{{ ['a<', t(key) | safe, 1] | join('&') }}{{ [] | join }}",
        "{{ [{'a': 1}] | join(', ', attribute='a') }}",
        "{% for x in 'abc' %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% for x, y in [(1, 2), (3, 4)] %}{{ x ~ y }}{{ ',' if not loop.last }}{% endfor %}",
        "{% for x in [] %}{{ loop.last }}{% else %}none{% endfor %}",
        "{% for x in 'abc' if x != 'c' %}{{ x }}{{ loop.last }}{% endfor %}",
        "{% for x in 'ab' %}{{ loop.index }}{{ loop.last }}{% endfor %}",
        "{% for x in 'ab' %}{{ x }}{{ loop.index0 }}{{ ',' if not loop.last }}{% endfor %}",
        (
            "{% for x in 'ab' %}{{ loop.last }}{% for y in 'cd' %}{{ y }}{{ loop.last }}"
            "{% endfor %}{% endfor %}"
        ),
        "{% for x in 'ab' %}{% for y in 'cd' %}{{ y }}{{ loop.last }}{% endfor %}{% endfor %}",
        "{% macro row(x) %}{{ caller() }}{% endmacro %}{% call row(1) %}{{ t(key) }}{% endcall %}",
        "{{ site.nav.x }} {{ site.nav.y is defined }} {{ {'a': {'b': slug}}.a.b }}{{ slug.a | d }}",
        (
            "{% block a %}{% for x in 'ab' %}{{ key }}{{ count }}{% if x == 'a' %}"
            "{% set key = x %}{% endif %}{{ key }}{{ none_such is defined }}{% endfor %}{{ key }}"
            "{% endblock %}"
        ),
        (
            "{% set own = slug %}{% block a %}{% for x in 'ab' %}{{ own is defined }}"
            "{% macro row(count) %}{{ count }}{{ key }}{% endmacro %}{{ row(x) }}{{ loop.index }}"
            "{% with key = x %}{{ key }}{% endwith %}{{ key }}{% endfor %}{% endblock %}"
        ),
    ],
)
def test_pages_are_the_same(source: str) -> None:
    """Texts, settings, calls of every form, and names that a template uses for its own."""
    ours, jinjas = both(source, slug="a<b", key="hello", count=3)
    assert ours == jinjas


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{% if wrong %}{{ t('no such text') }}{% endif %}", None),
        ("{{ t('no such text') }}", KeyError),
        ("{{ site.nothing }}", UndefinedError),
        ("{{ urls.nothing() }}", UndefinedError),
    ],
)
def test_what_is_wrong_fails_where_it_is_rendered(
    source: str, error: type[Exception] | None
) -> None:
    """A template that never gets there compiles."""
    if error is None:
        assert both(source, wrong=False) == ("", "")
    else:
        with pytest.raises(error):
            both(source)


@given(st.text(st.sampled_from("&<>\"'a;#é")) | st.text().map(Markup) | st.integers() | st.none())
def test_text_is_escaped_as_markupsafe_does(value: object) -> None:
    """Text, what is escaped already, and whatever else a page may show."""
    assert escaped(value) == str(escape(value))


def test_a_template_is_compiled_anew_where_it_is_compiled_from_something_else() -> None:
    """What one site's settings became in it is not another site's."""
    made = []
    for title in ("One", "Two", "One"):
        site = SimpleNamespace(title=title)
        environment = SiteEnvironment(
            constants={"site": site},
            functions={},
            pure=frozenset(),
            known=repr(site),
            loader=DictLoader({"page.html": "{{ site.title }}"}),
        )
        made.append(environment.rendered(environment.get_template("page.html"), {}))
    assert made == ["One", "Two", "One"]
