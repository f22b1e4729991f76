"""The Jinja environment of one site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from types import CodeType, SimpleNamespace
from typing import Any
from urllib.parse import quote_plus

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import sync_do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode, pass_eval_context
from markupsafe import Markup, escape

from generator.theme.constant_folding import Folder, given


def _escaped_text(text: str) -> str:
    """Return ``text`` with the five characters that mean something in HTML written otherwise."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


# What markupsafe.escape calls itself, in C: it takes and gives text, and is no promise of theirs.
_escape_text = getattr(markupsafe, "_escape_inner", _escaped_text)


@pass_eval_context
def _joined(
    context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None
) -> str:
    """Return what Jinja's ``join`` does, sooner where all that is joined is plain text."""
    parts = value if type(value) is tuple else list(value)
    if attribute is None and {type(d), *map(type, parts)} == {str}:
        return d.join(parts)
    joined: str = sync_do_join(context, parts, d, attribute)
    return joined


def escaped(value: object) -> str:
    """Return ``value`` as it goes into a page: what markupsafe.escape gives, but as plain text."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)  # type: ignore[arg-type]  # it is a str
    if kind is Markup:
        return value  # type: ignore[return-value]  # it is a str that is escaped already
    if kind is int:
        return str(value)
    return escape(value) if hasattr(value, "__html__") else _escape_text(str(value))


def in_query(text: str) -> str:
    """Return ``text`` as it stands in a query: at once where only spaces have to change."""
    rest = text.replace(" ", "")
    if not rest.isalnum():  # most names are letters alone
        rest = rest.replace(".", "").replace("-", "")
    return text.replace(" ", "+") if rest.isascii() and rest.isalnum() else quote_plus(text)


def marked(items: Iterable[Any]) -> Iterator[tuple[Any, int, bool]]:
    """Yield each of ``items`` with its place, from 0, and whether it is the last."""
    found = list(items)
    last = len(found) - 1
    for place, item in enumerate(found):
        yield item, place, place == last


def called(template: Template, name: str, *args: object) -> Markup:
    """Return what the macro ``name`` of a template that escapes gives, called from outside."""
    macro: Macro = getattr(template.module, name)
    if _takes_all(macro, args):
        return Markup(macro._func(*args))  # noqa: S704, SLF001  # as Macro does
    return Markup(macro(*args))  # noqa: S704  # it is that already


def _takes_all(macro: Macro, args: tuple[object, ...]) -> bool:
    """Say whether a macro is given all its arguments, so that it can run at once."""
    return len(args) == macro._argument_count and not (  # noqa: SLF001  # its own call reads them
        macro.catch_varargs or macro.catch_kwargs or macro.caller
    )


class _Context(Context):
    """What a template is given. A macro called with all its arguments runs at once."""

    @internalcode
    def call(self, function: Any, /, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # any function
        """Return what ``function`` gives; ``options`` are its keywords, and Jinja's own."""
        if type(function) is Macro and _takes_all(function, args) and options.keys() <= _JINJAS:
            text = function._func(*args)  # noqa: SLF001
            return Markup(text) if self.eval_ctx.autoescape else text  # noqa: S704  # as Macro does
        return super().call(function, *args, **options)


# Names that Jinja gives a meaning of its own.
_SPECIAL = frozenset(["loop", "self", "super", "caller", "varargs", "kwargs"])
# The keywords that compiled templates pass with every call.
_JINJAS = frozenset(["_loop_vars", "_block_vars"])


class _Generator(CodeGenerator):
    """Calls what ``folding`` has found directly, where Jinja first asks what kind it is.

    And puts a block together once, where Jinja hands every piece of it up through all the
    templates that extend one another; looks a name of a block up once, where Jinja does for each
    round of a loop.
    """

    def write_commons(self) -> None:
        """Write how a function begins."""
        super().write_commons()
        self.writeline("escaped = environment.escaped")

    def enter_frame(self, frame: Frame) -> None:
        """Write the look-up of the names of a block, those within its loops too."""
        if frame.block and frame.parent is None:
            block = self.blocks[frame.block]
            own = {*given(block), *_SPECIAL}
            for each in block.find_all(nodes.Name):
                if each.name not in own:
                    frame.symbols.load(each.name)
        super().enter_frame(frame)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802  # Jinja's name
        """Write the call of a block."""
        if frame.buffer is None or self.extends_so_far or node.scoped or node.required:
            super().visit_Block(node, frame)
            return
        pieces = f"context.blocks[{node.name!r}][0]({self.get_context_ref()})"
        self.writeline(f"{frame.buffer}.extend({pieces})", node)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # the same
        """Write the code of ``object.name``, which is an attribute nearly always."""
        self.write("(found if (found := getattr((asked := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing ")
        self.write(f"else environment.getattr(asked, {node.attr!r}))")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write the code of a block, of a loop, of a condition."""
        is_outermost = frame.block_frame or frame.rootlevel
        if not is_outermost or frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        """Write what comes before an expression that goes into the page."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(  # noqa: N802  # Jinja's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write the code of a call."""
        plain = not (node.dyn_args or node.dyn_kwargs or forward_caller)
        if not isinstance(node.node, nodes.EnvironmentAttribute) or not plain:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        self.write(")")


# What templates became in this process, by all that they were made of: `serve` builds again and
# again. On disk, beside a stranger's content, compiled code would be a hole.
_KEPT = 512
_compiled: dict[tuple[object, ...], CodeType] = {}


class SiteEnvironment(Environment):
    """A Jinja environment for one site.

    ``constants`` are objects whose attributes never change, ``functions`` plain functions or
    modules of them, ``pure`` those of the functions that may be called as a template is compiled;
    each by the name that templates have for it. A template may give a name another meaning.
    ``known`` is a text that says all of the constants and of what the pure functions go by: a
    template is compiled once for each.
    """

    code_generator_class = _Generator
    marked = staticmethod(marked)
    context_class = _Context
    escaped = staticmethod(escaped)

    def __init__(
        self,
        *,
        constants: Mapping[str, Any],
        functions: Mapping[str, Any],
        pure: frozenset[str],
        known: str,
        **options: Any,  # noqa: ANN401  # Jinja's own
    ) -> None:
        super().__init__(**options)
        self.own = SimpleNamespace(**functions)
        self._constants = constants
        self._functions = functions
        self._pure = pure
        self._known = known
        self._loaded: dict[str, Template] = {}
        self.filters["join"] = _joined
        self.globals |= {**constants, **functions}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja's name
    ) -> Template:
        """Return the template ``name``, which is not loaded a second time."""
        template = self._loaded.get(name)  # type: ignore[arg-type]  # of a template there is none
        if template is not None:
            return template
        if not isinstance(name, str):
            return name
        template = self._loaded[name] = super().get_template(name, parent, globals)
        return template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what all templates are given; none here has anything of its own (``d``)."""
        if d:
            raise ValueError("a template has no globals of its own")
        return self.globals

    def rendered(self, template: Template, context: Mapping[str, Any]) -> str:
        """Return what ``template`` gives for ``context``: its own render, without what that asks.

        Raises what Jinja raises, with the template's lines in the traceback.
        """
        names = {**self.globals, **context}
        try:
            made = _Context(self, names, template.name, template.blocks)
            return "".join(template.root_render_func(made))
        except Exception:  # noqa: BLE001  # every one is raised again, its traceback put right
            self.handle_exception()

    def compile(  # type: ignore[override]  # only sources are compiled here, and to code
        self,
        source: str,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,
        defer_init: bool = False,
    ) -> CodeType:
        """Return the code of a template, made once for all environments that know the same."""
        key = (self._known, source, name, filename, raw, defer_init)
        code = _compiled.get(key)
        if code is None:
            if len(_compiled) >= _KEPT:
                _compiled.clear()
            made = super().compile(source, name, filename, raw=raw, defer_init=defer_init)  # type: ignore[call-overload]
            code = _compiled[key] = made
        return code

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        own = set(given(template))
        constants = {key: value for key, value in self._constants.items() if key not in own}
        functions = {key: value for key, value in self._functions.items() if key not in own}
        Folder(constants, functions, self._pure).visit(template)
        return template
