"""The spaCy pipeline: a tokenizer over spacy-pkuseg and the components that leave mentions and facts in a `Doc`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, get_words_and_spaces, registry

from kg.extraction import extract_document
from kg.language.segmentation import word_ends
from kg.language.sentences import split_sentences
from kg.language.titles import find_titles
from kg.readers import read_text
from kg.types import Document

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
