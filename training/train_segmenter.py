"""Make the shipped segmentation model: train on GSDSimp, prune, measure, write the model card.

    python training/train_segmenter.py --corpora ../shared/corpora --output kg/resources/model/segmenter

Takes about 7 minutes on one core.  Data: Universal NER v1, UNER_Chinese-GSDSIMP (CC BY-SA 4.0).
"""

from __future__ import annotations

import argparse
import datetime
import pathlib
import shutil
import tempfile

import numpy
import spacy_pkuseg
import srsly

CARD = """# Model card: segmentation

What: a conditional random field over character features that cuts simplified Chinese into words (spacy-pkuseg format).
Made from: {train} sentences of the train split of UNER_Chinese-GSDSIMP (Universal NER v1 over Universal Dependencies
GSDSimp; Mayhew et al., NAACL 2024), licence CC BY-SA 4.0. What is learned from it, the two files in this folder, is
shared under CC BY-SA 4.0 as well.
Measured on the test split ({test} sentences): word F1 {full:.2f} before pruning, {pruned:.2f} after.
Pruning: features whose largest absolute weight is under {threshold} are dropped ({before} to {after} features), weights
are stored as 16-bit floating point numbers.
Made again by: `python training/train_segmenter.py --corpora CORPORA --output kg/resources/model/segmenter`
"""


def sentences(path: pathlib.Path) -> list[list[str]]:
    """Return the words of each sentence of a file in the UNER tab-separated format."""
    result, words = [], []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            if words:
                result.append(words)
            words = []
        else:
            words.append(line.split("\t")[1].replace(" ", ""))
    return result + ([words] if words else [])


def write_words(path: pathlib.Path, corpus: list[list[str]]) -> None:
    path.write_text("\n".join(" ".join(words) for words in corpus) + "\n", "utf-8")


def spans(words: list[str]) -> set[tuple[int, int]]:
    result, start = set(), 0
    for word in words:
        result.add((start, start + len(word)))
        start += len(word)
    return result


def word_f1(model: pathlib.Path, corpus: list[list[str]]) -> float:
    """Return the word F1, in percent, of the model in a folder against segmented sentences."""
    segmenter = spacy_pkuseg.pkuseg(str(model), user_dict="default")
    segmenter.postprocesser.do_process = False
    segmenter.model.w = segmenter.model.w.astype(numpy.float64)
    hit = said = gold = 0
    for words in corpus:
        found, right = spans(segmenter.cut("".join(words))), spans(words)
        hit, said, gold = hit + len(found & right), said + len(found), gold + len(right)
    return 200 * hit / (said + gold)


def prune(source: pathlib.Path, target: pathlib.Path, threshold: float) -> tuple[int, int]:
    """Drop the features with small weights and store the rest as 16-bit numbers; return the counts before and after."""
    data = srsly.read_msgpack(source / "features.msgpack")
    names = data["feature_to_idx"]
    stored = numpy.load(source / "weights.npz")
    tags, features = (int(size) for size in stored["sizes"])
    nodes = stored["w"][: tags * features].reshape(features, tags)
    edges = stored["w"][tags * features :]
    # Feature 0 stands for "no known feature at this character" and must keep its place.
    keep = [0] + [index for index in range(1, features) if abs(nodes[index]).max() >= threshold]
    new_index = {old: new for new, old in enumerate(keep)}
    data["feature_to_idx"] = {name: new_index[index] for name, index in names.items() if index in new_index}
    target.mkdir(parents=True, exist_ok=True)
    srsly.write_msgpack(target / "features.msgpack", data)
    weights = numpy.concatenate([nodes[keep].ravel(), edges]).astype(numpy.float16)
    numpy.savez_compressed(target / "weights.npz", sizes=numpy.array([tags, len(keep)]), w=weights)
    return features, len(keep)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--iterations", type=int, default=20)
    parser.add_argument("--threshold", type=float, default=0.12)
    parser.add_argument("--keep", type=pathlib.Path, help="also keep the unpruned model in this folder")
    options = parser.parse_args()
    folder = options.corpora / "uner-chinese-gsdsimp"
    train, test = (sentences(folder / f"zh_gsdsimp-ud-{part}.iob2") for part in ("train", "test"))
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        write_words(work / "train.txt", train)
        write_words(work / "test.txt", test)
        full = options.keep or work / "full"
        if not (full / "weights.npz").exists():
            spacy_pkuseg.train(
                str(work / "train.txt"), str(work / "test.txt"), str(full), train_iter=options.iterations
            )
        shutil.rmtree(options.output, ignore_errors=True)
        before, after = prune(full, options.output, options.threshold)
        card = CARD.format(
            train=len(train),
            test=len(test),
            full=word_f1(full, test),
            pruned=word_f1(options.output, test),
            threshold=options.threshold,
            before=before,
            after=after,
            date=datetime.date.today(),
        )
    (options.output / "MODEL_CARD.md").write_text(card, "utf-8")
    print(card)


if __name__ == "__main__":
    main()
