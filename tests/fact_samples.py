"""Facts for tests: written out one by one, and drawn at random from a small world so that they meet often."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from kg.types import Document, EntityType, Evidence, Fact, Mention, QualifierValue

TYPE_OF = {
    "holds": (EntityType.PERSON, EntityType.POSITION),
    "at": (EntityType.POSITION, EntityType.ORGANIZATION),
    "issues": (EntityType.ORGANIZATION, EntityType.NOTICE),
    "co_issues": (EntityType.ORGANIZATION, EntityType.NOTICE),
    "targets": (EntityType.ACTION, EntityType.METRIC),
    "undertakes": (EntityType.ORGANIZATION, EntityType.ACTION),
    "part_of": (EntityType.ORGANIZATION, EntityType.ORGANIZATION),
    "held_at": (EntityType.EVENT, EntityType.PLACE),
    "held_on": (EntityType.EVENT, EntityType.EVENT),
}


def fact(
    sentence: str,
    subject: str,
    predicate: str,
    object: str,
    /,
    *,
    document: str = "a.txt",
    start: int = 0,
    confidence: float = 0.9,
    names: tuple[str, str] | None = None,
    **qualifiers: QualifierValue,
) -> Fact:
    """Make a fact whose subject and object are words of the sentence.

    Args:
        sentence: The evidence.
        subject: The word that names the subject.
        predicate: The relation; it decides the types.
        object: The word that names the object.
        document: The document's id.
        start: Where the sentence begins in the document.
        confidence: From 0 to 1.
        names: The canonical names if they are not the words themselves.
        qualifiers: The qualifiers.
    """
    types = TYPE_OF[predicate]
    canonical = names or (subject, object)
    first, second = (
        Mention(document, start + sentence.index(word), start + sentence.index(word) + len(word), word, type, name)
        for word, type, name in zip((subject, object), types, canonical, strict=True)
    )
    proof = Evidence(document, start, start + len(sentence), sentence)
    return Fact(first, predicate, second, MappingProxyType(qualifiers), proof, confidence, f"{predicate}.test")


def holds(person: str, organization: str | None, title: str, document: str = "a.txt", **given: Any) -> Fact:
    """Make the fact that a person holds a title at an organization, from the sentence that says so."""
    sentence = given.pop("sentence", f"{person}任{organization or ''}{title}。")
    return fact(
        sentence,
        person,
        "holds",
        title,
        document=document,
        names=(person, f"{organization or ''}{title}"),
        title=title,
        organization=organization,
        **{"status": "current", "since": None, "until": None, **given},
    )


def target(
    actor: str | None, verb: str, counted: str, value_text: str, unit: str, value: float, /, **given: Any
) -> Fact:
    """Make the fact that an action plans a quantity, from the sentence that says so."""
    sentence = f"{actor or ''}计划{verb}{counted}{value_text}{unit}。"
    document = given.pop("document", "a.txt")
    names = given.pop("names", (f"{actor or ''}{verb}{counted}", f"{counted} {value_text}{unit}"))
    stated = {"actor": actor, "action": verb, "object": counted, "value_text": value_text, "unit": unit, "value": value}
    rest = {"base_unit": unit.lstrip("万亿"), "bound": None, "period": None, "status": "planned", "change": "level"}
    qualifiers = {**stated, **rest, **given}
    return fact(sentence, verb, "targets", f"{value_text}{unit}", document=document, names=names, **qualifiers)


TRAPS = "\x00\x0b\ud800\ufffe\r\n\t&<>\"'/;=\\ 　]]>"
names = st.text(st.sampled_from("甲乙丙协会Aé𠮷" + TRAPS), min_size=0, max_size=4)
plain_names = st.sampled_from(["甲", "乙", "丙协会", "丁公司"])
documents = st.sampled_from(["a.txt", "b.txt", "c/丙.html"])
sentences = st.sampled_from(["甲任乙会长。", "乙 印发通知。", "计划\r\n开展丙5万人。", "\x01坏\udfff字。"])
values: st.SearchStrategy[QualifierValue] = st.one_of(
    st.none(), names, st.integers(-3, 3), st.sampled_from([0.5, 5.0, 1e20])
)


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Draw a fact of a world so small that many facts share their ends, and so wild that names try to do harm."""
    predicate = draw(st.sampled_from([*TYPE_OF, "sponsors"]))
    types = TYPE_OF.get(predicate, (EntityType.PERSON, EntityType.EVENT))
    document, sentence = draw(documents), draw(sentences)
    start = draw(st.integers(0, 2))
    proof = Evidence(document, start, start + len(sentence), sentence)
    ends = [
        Mention(document, start, start + draw(st.integers(0, 3)), draw(names), type, draw(plain_names | names))
        for type in types
    ]
    keys = st.sampled_from(
        ["title", "organization", "status", "since", "object", "value", "period", "label", "weight", "actor"]
    )
    qualifiers = draw(st.dictionaries(keys, values, max_size=3))
    confidence = draw(st.sampled_from([0.5, 0.9, 1.0]))
    return Fact(
        ends[0], predicate, ends[1], MappingProxyType(qualifiers), proof, confidence, draw(st.sampled_from("xy"))
    )


dated_documents = [
    Document("a.txt", "…", published="2022-06-21"),
    Document("b.txt", "…", published="2023-01-05"),
    Document("c/丙.html", "…"),
]
