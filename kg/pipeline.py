"""The spaCy pipeline: a tokenizer over spacy-pkuseg and the components that leave mentions and facts in a `Doc`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, get_words_and_spaces, registry

from kg.language.segmentation import word_ends
from kg.language.sentences import split_sentences
from kg.language.titles import find_titles
from kg.linking import link_document
from kg.readers import read, read_text
from kg.relations import Reading, extract_facts
from kg.relations.confidence import calibrated
from kg.terms import use_terms
from kg.types import Document, Evidence, Fact, Mention

# A text longer than this is read in parts, so that memory does not grow with the text.
_PART = 200_000
_Place = TypeVar("_Place", Mention, Evidence)
# Where a `Doc` carries the document that it was made from, if it was.
_DOCUMENT = "kg.document"


class SegmentingTokenizer(DummyTokenizer):
    """Cuts text into words by spacy-pkuseg where a sentence has a title, and into characters elsewhere.

    Segmentation costs a hundred times more than a scan for titles, so only sentences that a rule looks at closely
    are segmented (the same sentences that the extractors then ask for).

    >>> [token.text for token in SegmentingTokenizer(spacy.vocab.Vocab())("主席到会。")]
    ['主席', '到', '会', '。']
    """

    def __init__(self, vocab: spacy.vocab.Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the words of a text; every character but white space is in exactly one of them."""
        words, spaces = get_words_and_spaces(_words(text), text)
        return Doc(self.vocab, words=words, spaces=spaces)


def _words(text: str) -> list[str]:
    """Return words whose concatenation, white space left out, is the text without white space."""
    cuts = set(range(len(text) + 1))
    for sentence in split_sentences(Document("", text)):
        view = sentence.view
        if not find_titles(view.text):
            continue
        ends = word_ends(view.text)
        for place in range(1, len(view.text)):
            first, after = view.offsets[place - 1], view.offsets[place]
            if place not in ends and after == first + 1:
                cuts.discard(after)
    ordered = sorted(cuts)
    pieces = (text[first:after] for first, after in pairwise(ordered))
    return [word for piece in pieces for word in piece.split()]


@registry.tokenizers("kg.SegmentingTokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], SegmentingTokenizer]:
    """Return the factory of the tokenizer, for a pipeline's configuration.

    >>> create_tokenizer()(spacy.blank("zh"))("主席王倩到会。")[0].text
    '主席'
    """
    return lambda nlp: SegmentingTokenizer(nlp.vocab)


@Language.component("kg_facts", assigns=["doc._.facts", "doc.spans"])
def kg_facts(doc: Doc) -> Doc:
    """Read a document: leave its facts in `doc._.facts` (plain dicts) and their mentions in `doc.spans["mentions"]`.

    Mentions whose borders are no borders of tokens are aligned outwards; a pipeline of one's own may use any
    tokenizer, since extraction works on characters.

    Args:
        doc: The document; its text is read as a file's text is.

    >>> doc = kg_facts(spacy.blank("zh")("红石市总工会主席王倩出席会议。"))
    >>> [span.text for span in doc.spans["mentions"] if span.label_ == "Person"]
    ['王倩']
    """
    facts = extract_document(doc.user_data.get(_DOCUMENT) or read_text(doc.text))
    doc._.facts = [fact.to_dict() for fact in facts]
    mentions = {(one.start, one.end, one.type.value) for fact in facts for one in (fact.subject, fact.object)}
    spans = (doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in sorted(mentions))
    doc.spans["mentions"] = [span for span in spans if span is not None]
    return doc


if not Doc.has_extension("facts"):
    Doc.set_extension("facts", default=None)


def extract_document(document: Document) -> list[Fact]:
    """Return the facts of one document, linked inside it; a pure function.

    Args:
        document: The document as read.

    >>> facts = extract_document(Document("a", "红石市总工会主席王倩出席会议。"))
    >>> [fact.subject.name for fact in facts if fact.predicate == "holds"]
    ['王倩']
    """
    return [calibrated(fact) for fact in raw_facts(document)]


def raw_facts(document: Document) -> list[Fact]:
    """Return the facts of one document with the scores that the rules gave them, before calibration.

    Args:
        document: The document as read.

    >>> 0 < raw_facts(Document("a", "红石市总工会主席王倩出席会议。"))[0].confidence < 1
    True
    """
    facts: list[Fact] = []
    for part, shift in _parts(document):
        facts += _shifted(extract_facts(Reading.of(part)), shift)
    return link_document(document, facts)


def _parts(document: Document) -> Iterator[tuple[Document, int]]:
    """Yield the parts of a document, cut between lines, each with the offset at which it begins."""
    start, size = 0, len(document.text)
    while start < size:
        end = min(start + _PART, size)
        if end < size:
            line = document.text.rfind("\n", start, end)
            end = line + 1 if line > start else end
        if (start, end) == (0, size):
            yield document, 0
            return
        furniture = tuple(
            (max(first, start) - start, min(after, end) - start)
            for first, after in document.furniture
            if first < end and after > start
        )
        yield replace(document, text=document.text[start:end], furniture=furniture), start
        start = end


def _shifted(facts: Iterable[Fact], shift: int) -> Iterable[Fact]:
    """Return the facts of a part with the offsets that they have in the whole document."""
    if not shift:
        return facts
    return (
        replace(
            fact,
            subject=_moved(fact.subject, shift),
            object=_moved(fact.object, shift),
            evidence=_moved(fact.evidence, shift),
        )
        for fact in facts
    )


def _moved(place: _Place, shift: int) -> _Place:
    return replace(place, start=place.start + shift, end=place.end + shift)


@functools.cache
def _default() -> Language:
    config = {"nlp": {"tokenizer": {"@tokenizers": "kg.SegmentingTokenizer.v1"}}}
    pipeline = spacy.blank("zh", config=config)
    pipeline.add_pipe("kg_facts")
    # Longer texts are read in parts by `extract`; the limit guards parsers, which this pipeline has none of.
    pipeline.max_length = 1_000_000_000
    return pipeline


def load(name: str | None = None) -> Language:
    """Return a spaCy pipeline that leaves facts in `doc._.facts` and mentions in `doc.spans["mentions"]`.

    Args:
        name: The name of an installed pipeline of one's own (`zh_core_web_sm`), to which the component is added;
            None for the pipeline over spacy-pkuseg.

    Raises:
        OSError: There is no pipeline of that name.

    >>> doc = load()("红石市总工会主席王倩出席会议。")
    >>> doc._.facts[0]["predicate"]
    'at'
    """
    if name is None:
        return _default()
    pipeline = spacy.load(name)
    if "kg_facts" not in pipeline.pipe_names:
        pipeline.add_pipe("kg_facts")
    return pipeline


def extract(
    source: str | Path | Document, lexicon: str | Path | None = None, patterns: str | Path | None = None
) -> list[Fact]:
    """Return the facts of a text, a file or a document, in the fixed order.

    Args:
        source: A `str` is text, a `Path` a file, a `Document` itself.
        lexicon: A lexicon of one's own for this call (docs/your-own-terms.md); for many calls, see `kg.use_terms`.
        patterns: A file that declares relations of one's own for this call.

    Raises:
        InputError: A file cannot be read, or a lexicon or a relation of one's own is wrong.

    >>> fact = next(f for f in extract("红石市总工会主席王倩出席会议。") if f.predicate == "holds")
    >>> fact.subject.name, fact.qualifiers["title"], fact.evidence.sentence
    ('王倩', '主席', '红石市总工会主席王倩出席会议。')
    """
    with use_terms(lexicon, patterns):
        if isinstance(source, Document):
            return extract_document(source)
        return extract_document(read(source) if isinstance(source, Path) else read_text(source))
