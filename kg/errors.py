"""Errors that are meant for people: one clear sentence each (what, where, what to do)."""

from __future__ import annotations


class KgError(Exception):
    """The base of every error that `kg` raises on purpose; its text is one sentence for a person.

    >>> str(KgError("notes.txt is empty; give a file with text."))
    'notes.txt is empty; give a file with text.'
    """


class InputError(KgError):
    """An input cannot be read: missing, empty, binary, too large, or in no known encoding."""


class OutputError(KgError):
    """An output cannot be written: no such folder, no permission, or an unknown format."""


class UsageError(KgError):
    """A name or option is unknown or contradicts another; the sentence lists what is known."""


class BusyError(KgError):
    """Another process is at what this one wants to change."""
