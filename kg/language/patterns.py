"""Regular expressions kept as data: named, commented and laid out in `kg/resources/patterns/*.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import cast

from kg.errors import UsageError
from kg.language.lexicon import when_words_change, words
from kg.language.tries import trie_pattern

# `@{name}` stands for another expression of the file, `@{lexicon:titles/head,full}` for the words of a lexicon,
# `@{lexicon:adverbs>1}` for those of more than one character.
_REFERENCE = re.compile(r"@\{(?:lexicon:(?P<lexicon>\w+)(?:/(?P<kinds>[\w,]+))?(?:>(?P<longer>\d))?|(?P<name>\w+))\}")


class _LazyPattern:
    """Stands for a compiled expression, which is made when a method of it is first asked for.

    A run on one article uses a third of the expressions that the rules name, and compiling costs more than matching.
    """

    def __init__(self, file: str, name: str) -> None:
        self._file, self._name = file, name

    def __getattr__(self, attribute: str) -> object:
        if attribute not in _ATTRIBUTES:
            raise AttributeError(attribute)
        compiled = re.compile(_expression(self._file, self._name), re.VERBOSE)
        # From here on the methods are found in the instance: as fast as the compiled pattern's own.
        vars(self).update({method: getattr(compiled, method) for method in _ATTRIBUTES})
        return getattr(compiled, attribute)

    def forget(self) -> None:
        """Compile anew at the next use: words that the expression holds have changed."""
        for attribute in _ATTRIBUTES:
            vars(self).pop(attribute, None)


_ATTRIBUTES = frozenset(attribute for attribute in dir(re.compile("")) if not attribute.startswith("_"))


@functools.cache
def pattern(file: str, name: str) -> re.Pattern[str]:
    """Return an expression, compiled at its first use.

    The expressions are in verbose layout: white space and line breaks outside of `[…]` do not count, `[ ]` is a space.

    Args:
        file: The file's stem in `kg/resources/patterns` (`appointments`, …).
        name: The name of the expression, a table of that file with `pattern`, `comment` and `source`.

    Raises:
        UsageError: There is no such file or expression.

    >>> pattern("appointments", "become").search("张三当选为").lastgroup
    'appointed'
    """
    _entry(file, name)
    lazy = _LazyPattern(file, name)
    when_words_change(lazy.forget)
    return cast("re.Pattern[str]", lazy)


@functools.cache
def _file(name: str) -> Mapping[str, Mapping[str, str]]:
    path = resources.files("kg.resources") / "patterns" / f"{name}.toml"
    if not path.is_file():
        raise UsageError(f"There is no file of patterns named {name!r} in kg/resources/patterns.")
    return tomllib.loads(path.read_text("utf-8"))


def _entry(file: str, name: str) -> Mapping[str, str]:
    entry = _file(file).get(name)
    if entry is None:
        raise UsageError(f"There is no pattern named {name!r} in kg/resources/patterns/{file}.toml.")
    return entry


def _expression(file: str, name: str) -> str:
    """Return the text of an expression with what it refers to put in, each reference a group of its own."""

    def put_in(reference: re.Match[str]) -> str:
        if reference["name"]:
            return f"(?:{_expression(file, reference['name'])})"
        kinds = reference["kinds"].split(",") if reference["kinds"] else ()
        longer = int(reference["longer"] or 0)
        return f"(?:{trie_pattern(w for w in words(reference['lexicon'], *kinds) if len(w) > longer)})"

    return _REFERENCE.sub(put_in, _entry(file, name)["pattern"])
