"""Makes string-pairs.tsv: pairs of texts with their similarity by implementations that this project did not write.

Jaro-Winkler is that of jellyfish 0.8.9 (Python), the edit distance (optimal string alignment) that of
pyxDamerauLevenshtein 1.7.1 (Cython). Both are Debian 12 packages: python3-jellyfish, python3-pyxdameraulevenshtein.

    /usr/bin/python3 test/support/similarity/make-string-pairs.py > test/support/similarity/string-pairs.tsv

The words are the names of the sample data; the pairs are names against each other, names with one to four slips, the same
letters in another order, and short texts over few letters, where windows, transpositions and prefixes matter most.
"""

import pathlib
import random
import re

import jellyfish
from pyxdameraulevenshtein import damerau_levenshtein_distance

names = pathlib.Path(__file__).parents[3] / "infra/local/sample-data/data/names.ts"
words = sorted({word.lower() for word in re.findall(r"[A-Z][\w'’-]{2,}", names.read_text(encoding="utf-8"))})
chance = random.Random(20260101)


def slip(text: str) -> str:
    at = chance.randrange(len(text))
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz' -")
    kind = chance.randrange(5)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + letter + text[at:]
    if kind == 2:
        return text[:at] + letter + text[at + 1 :]
    if kind == 3 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at] + text[at:]


def slips(text: str) -> str:
    for _ in range(chance.randint(1, 4)):
        text = slip(text) or "a"
    return text


def of_letters(letters: str, most: int) -> str:
    return "".join(chance.choice(letters) for _ in range(chance.randint(1, most)))


def shuffled(text: str) -> str:
    return "".join(chance.sample(text, len(text)))


def two_names() -> str:
    return f"{chance.choice(words)} {chance.choice(words)}"


makers = [
    (2500, lambda: (chance.choice(words), chance.choice(words))),
    (4000, lambda: (lambda word: (word, slips(word)))(chance.choice(words))),
    (1200, lambda: (lambda word: (word, shuffled(word)))(chance.choice(words))),
    (2200, lambda: (of_letters("abc", 9), of_letters("abc", 9))),
    (800, lambda: (of_letters("ab", 40), of_letters("ab", 40))),
    (1000, lambda: (lambda name: (name, slips(slips(name))))(two_names())),
    (300, lambda: (of_letters("żółłęšßøд", 7), of_letters("żółłęšßøд", 7))),
]

seen = set()
for count, make in makers:
    kept = 0
    while kept < count:
        pair = make()
        if pair in seen or any(not text.strip() or text != text.strip() for text in pair):
            continue
        seen.add(pair)
        kept += 1
        a, b = pair
        print(f"{a}\t{b}\t{jellyfish.jaro_winkler_similarity(a, b):.6f}\t{damerau_levenshtein_distance(a, b)}")
