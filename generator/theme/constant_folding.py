"""What is known of a template before any page is, put in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

# What stands for a setting in the compiled template: values that cannot change.
_FIXED = (str, int, float, bool, type(None))


class Folder(NodeTransformer):
    """Replaces, in a parsed template, what is known before any page is."""

    def __init__(
        self, constants: Mapping[str, Any], functions: Mapping[str, Any], pure: frozenset[str]
    ) -> None:
        self._constants = constants
        self._functions = functions
        self._pure = pure

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # Jinja's name
        """Return a loop that asks only where it is and if at its end as one without ``loop``."""
        self.generic_visit(node)
        asked = _loop_names(node.body)
        if not asked or node.test or node.else_ or node.recursive:
            return node
        if not all(isinstance(each, nodes.Getattr) and each.attr in _MARKS for each in asked):
            return node
        for body in node.body:
            _Marks(node.lineno).visit(body)
        marks = [
            nodes.Name(f"{name}_{node.lineno}", "store", lineno=node.lineno) for name in _MARKS
        ]
        node.target = nodes.Tuple([node.target, *marks], "store", lineno=node.lineno)
        marked = nodes.EnvironmentAttribute("marked", lineno=node.lineno)
        node.iter = nodes.Call(marked, [node.iter], [], None, None, lineno=node.lineno)
        return node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802  # Jinja's name
        """Return the value of a constant's attribute."""
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and node.node.name in self._constants:
            value = getattr(self._constants[node.node.name], node.attr, ...)
            if _is_fixed(value):
                return nodes.Const(value, lineno=node.lineno)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja's name
        """Return what a call gives, or the call of the function itself."""
        self.generic_visit(node)
        path = _path(node.node)
        name, _, attribute = path.partition(".")
        function = self._functions.get(name)
        if attribute:
            function = getattr(function, attribute, None)
        if function is None or node.dyn_args or node.dyn_kwargs:
            return node
        if path in self._pure and not node.kwargs:
            known = [each.value for each in node.args if isinstance(each, nodes.Const)]
            if len(known) == len(node.args):
                return self._called(node, function, known)
        if not any(iskeyword(keyword.key) for keyword in node.kwargs):
            node.node = nodes.EnvironmentAttribute(f"own.{path}", lineno=node.lineno)
        return node

    def _called(self, node: nodes.Call, function: Any, arguments: list[Any]) -> nodes.Node:  # noqa: ANN401  # any function
        """Return the result of a call, or the call where it fails: it is to fail on its page."""
        try:
            value = function(*arguments)
        except (KeyError, TypeError, ValueError):
            return node
        return nodes.Const(value, lineno=node.lineno) if _is_fixed(value) else node


def _loop_names(body: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Return every mention of ``loop`` in the body of a loop, by attribute where there is one.

    A part that may have a ``loop`` of its own, or hand this one on, counts as a mention.
    """
    found: list[nodes.Node] = []
    for node in body:
        whole = isinstance(node, nodes.Getattr) and _is_loop(node.node)
        if whole or _is_loop(node) or isinstance(node, _SCOPES):
            found.append(node)
        else:
            found += _loop_names(node.iter_child_nodes())
    return found


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


# What has names of its own or is given all names.
_SCOPES = (nodes.For, nodes.Include, nodes.Block, nodes.CallBlock, nodes.FilterBlock, nodes.Macro)


# What ``marked`` says of each item of a loop.
_MARKS = ("index0", "last")


class _Marks(NodeTransformer):
    """Puts names for ``loop.index0`` and ``loop.last`` of the loop that begins in a line."""

    def __init__(self, line: int) -> None:
        self._line = line

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802  # Jinja's name
        """Return the name for what is asked of ``loop``."""
        self.generic_visit(node)
        if not _is_loop(node.node):
            return node
        return nodes.Name(f"{node.attr}_{self._line}", "load", lineno=node.lineno)


def given(template: nodes.Node) -> Iterator[str]:
    """Yield the names that a template, or a part of one, itself gives a meaning."""
    for each in template.find_all(nodes.Node):
        if isinstance(each, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in each.names)
        elif isinstance(each, nodes.Import):
            yield each.target
        elif isinstance(each, nodes.Macro) or (isinstance(each, nodes.Name) and each.ctx != "load"):
            yield each.name


def _path(node: nodes.Expr) -> str:
    """Return ``urls.paper`` or ``link`` for the function that a call names; "" for any other."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return ""


def _is_fixed(value: object) -> bool:
    """Say whether ``value`` can stand in the code of a template as it is."""
    if isinstance(value, tuple):
        return all(map(_is_fixed, value))
    return type(value) in _FIXED
