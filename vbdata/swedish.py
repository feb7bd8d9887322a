"""Typer's own words in Swedish: usage, headings, defaults, and what is wrong with a command."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What is wrong with a command, and not with the files: Typer's, whatever package of its it stands in."""

_WORDS = (
    (r"^Usage: ", "Skriv så: "),
    (r"\[OPTIONS\]", "[VAL]"),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO ..."),
    (r"^Options:", "Val:"),
    (r"^Arguments:", "Argument:"),
    (r"^Commands:", "Kommandon:"),
    (r"Show this message and exit\.", "Visa den här hjälpen."),
    (r"\[default:\s+", "[utan val: "),
    (r"\[required\]", "[måste anges]"),
    (r"; required\]", "; måste anges]"),
    (r"\{(\S+?)\}(?=\.\.\.|$)", r"\1"),
    (r"\[(\[\S+?\]\.\.\.)\]\.\.\.", r"\1"),
    (r"\.\.\.\.\.\.", "..."),
    (r"x>=(\d+)", r"minst \1"),
    (r"minst (\d+)<=x|(\d+)<=x<=(\d+)", r"\2 till \3"),
)
"""What Typer writes in a help text, and what it is in Swedish."""

_TYPE = r"(\.\.\. +)?<(?:list\[)?(\w+)\]?(?: range)?>"


def in_swedish(text: str) -> str:
    """A help text of Typer's in Swedish.

    >>> in_swedish("Usage: vbdata [OPTIONS]")
    'Skriv så: vbdata [VAL]'
    """
    for english, swedish in _WORDS:
        text = re.sub(english, swedish, text, flags=re.MULTILINE)
    return re.sub(_TYPE, _type, text)


def _type(match: re.Match[str]) -> str:
    """The kind of a value, as wide as before: what it is for stands in a column beside it.

    Of arguments that may be several, the name alone says what they are.
    """
    word = "TAL" if match[2] in ("int", "float") else "TEXT" if match[2] == "str" else ""
    return (match[1] or word).ljust(len(match[0]))


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return in_swedish(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return in_swedish(super().get_help(ctx))


class App(typer.Typer):
    """An app whose help is in Swedish; its errors are for `what_is_wrong`."""

    def __init__(self, **how: Any) -> None:
        super().__init__(cls=_Group, rich_markup_mode=None, **how)

    def command(self, name: str | None = None, **how: Any) -> Callable[[Any], Any]:
        return super().command(name, cls=_Command, **how)


_RANGES = {"greater than or equal to": "minst", "less than or equal to": "högst", "greater than": "mer än",
           "less than": "mindre än"}  # fmt: skip


def what_is_wrong(error: Exception) -> str:
    """What is wrong with a command, in one line.

    >>> what_is_wrong(typer.BadParameter("Input should be greater than or equal to 1", param_hint="--jobs"))
    'värdet för --jobs ska vara minst 1 – vbdata --help visar hur'
    """
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "vbdata"
    return f"{_problem(error)} – {command} --help visar hur"


def _problem(error: Exception) -> str:
    kind, text = type(error).__name__, " ".join(str(getattr(error, "message", error)).split())
    param: Any = getattr(error, "param", None)
    hint = getattr(error, "param_hint", None)
    name = hint if isinstance(hint, str) else _name(param) if param is not None else ""
    option = getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        close = getattr(error, "possibilities", None)
        return f"det finns inget val {option}" + (f", menade du {close[0]}?" if close else "")
    if kind == "BadOptionUsage":
        without = "does not take" in text
        return f"valet {option} ska stå utan värde" if without else f"valet {option} ska ha ett värde"
    if kind == "MissingParameter":
        return f"{name} saknas"
    unknown = re.match(r"No such command '(.*?)'", text)
    if unknown:
        return f'det finns inget kommando "{unknown[1]}"'
    if kind == "BadParameter":
        return f"värdet för {name} {_wrong_value(text)}"
    extra = re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", text)
    return f"för många argument: {extra[1]}" if extra else "kommandot saknas" if "Missing" in text else text


def _name(param: Any) -> str:
    return param.opts[0] if param.param_type_name == "option" else str(param.metavar or param.name)


def _wrong_value(text: str) -> str:
    for english, swedish in _RANGES.items():
        limit = re.search(rf"{english} (\S+)", text)
        if limit:
            return f"ska vara {swedish} {limit[1]}"
    if re.search(r"integer", text):
        return "ska vara ett heltal"
    return "ska vara ett tal" if re.search(r"float|number", text) else "passar inte"
