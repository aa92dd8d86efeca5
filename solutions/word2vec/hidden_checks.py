"""The marking checks of `word2vec`: other sizes, other words, oracles of their own.

Oracles: torch's autograd in float64, counting by brute force and closed forms written here, and
`reference`, our own solution. A function's battery has all sizes, unusual numbers and calls after one
another. Samplers are judged by χ² tests that fail a right one with a chance of 1e-6 each, training by an
envelope of recorded runs on a planted language of which the entropy is known.
"""

from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    NEGATIVE,
    SOFTMAX,
    by_part,
    cbow_gradients,
    ids_of,
    listed,
    negative_gradients,
    softmax_gradients,
    softmax_loss,
    two_matrices,
)

from autograder.checks import (
    CheckFailed,
    Function,
    arg,
    chance,
    close,
    convergence,
    equal,
    in_torch,
    repeatable,
    shaped,
    task,
    unchanged,
)

FALSE_ALARM = 1e-6


def each(*functions):
    """Parametrize a check over functions."""
    return pytest.mark.parametrize("function", functions, ids=[f.name for f in functions])


# Task 1, text

TEXT = """The 3 café-cats DON'T_purr!! They sleep; then -- at 12:30 --\nthey eat. 42? ...
Why not? "Red-hot" Soup, e.g. soup"""
SENTENCES = [
    ["the", "caf", "cats", "don", "t", "purr"],
    ["they", "sleep", "then", "at", "they", "eat"],
    ["why", "not"],
    ["red", "hot", "soup", "e"],
    ["g"],
    ["soup"],
]
HERDS = [
    ["bee", "ant", "cow", "ant", "dog"],
    ["cow"],
    ["bee", "eel", "bee", "dog", "ant", "fly", "cow", "gnu"],
]


@task("text", weight=0.75)
def test_tokenize(student):
    """Sentences and words are right in a text with digits, quotes, line breaks and capitals"""
    equal(student.tokenize(TEXT), SENTENCES, name="the list of sentences")
    for text, sentences in (("Ab, c", [["ab", "c"]]), ("1 2 3", [])):
        equal(student.tokenize(text), sentences, name="the list of sentences")


# What is no letter from a to z, and ends no sentence.
BETWEEN = [c for c in map(chr, [*range(9, 14), *range(32, 127)]) if c not in ".!?"]
BETWEEN = [c for c in BETWEEN if not c.isalpha()] + list("éÉßñøæʼ’–—…·¿。ªдЖα中½²٣\u00a0\u2028")


@task("text", weight=0.5)
def test_what_separates_words(student):
    """Whatever is not a letter from a to z separates words, alone or beside others"""
    for form in ("Ab{}cd", "Ab{}4cd", "Ab_{}cd", "Ab-{}cd", "Ab{}\ncd"):
        text = ". ".join(map(form.format, BETWEEN))
        equal(student.tokenize(text), [["ab", "cd"]] * len(BETWEEN), name="the list of sentences")


@task("text", weight=0.75)
@pytest.mark.parametrize("minimum", [{}, {"min_count": 2}, {"min_count": 3}], ids=str)
def test_vocabulary(student, minimum):
    """Ids go by falling counts, then by the alphabet, of words that occur often enough"""
    counts = Counter(sum(HERDS, []))
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    often = [word for word in ordered if counts[word] >= minimum.get("min_count", 1)]
    truth = {word: number for number, word in enumerate(often)}
    equal(student.build_vocabulary(HERDS, **minimum), truth, name="the vocabulary")
    unchanged(student)


@task("text", weight=0.5)
def test_encode(student):
    """`encode` leaves unknown words out, and keeps sentences of which nothing is left"""
    found = student.encode([*HERDS, ["x"], []], {"cow": 2, "ant": 0, "bee": 1})
    equal(found, [[1, 0, 2, 0], [2], [1, 1, 0, 2], [], []], name="the ids")
    unchanged(student)


@Function.of({"ids": arg.integers("n", "size"), "size": arg.size("size")}, returns="the rows")
def one_hot(ids, size):
    return torch.nn.functional.one_hot(torch.as_tensor(ids), size)


@task("text", weight=0.5)
def test_one_hot_of_a_list(student, rng):
    """`one_hot` is right for a list of ids, and for no ids, which have no rows of the right length"""
    one_hot.check(student, rng, ids=arg.own(lambda rng, size: rng.permutation(size).tolist()))
    for ids in ([], np.array([], dtype=int)):
        found = student.one_hot(ids, 5)
        if not (isinstance(found, list) and not found):
            shaped(found, (0, 5), name="the rows for no ids")


# Some come up often, some are parts of others or equal to two of them, put together.
SOME_WORDS = ["a", "ab", "abc", "b", "bc", "c", "cd", "cd", "d", "abcd", "ab", 30 * "h", 31 * "h"]


def some_sentences(rng):
    """Sentences of short words, some of which are equal."""
    lengths = rng.integers(1, 8, size=6)
    found = [rng.choice(SOME_WORDS, size=length).tolist() for length in lengths]
    return [*found, list(found[0])]


def some_text(rng):
    ends = rng.choice([". ", "! ", "?", ".\n", "... "], size=7)
    return "".join(
        "_".join(sentence).capitalize() + end
        for sentence, end in zip(some_sentences(rng), ends, strict=True)
    )


@Function.of({"text": some_text}, returns="the list of sentences", exact=True)
def tokenize(text):
    letters = "".join(c if c.isalpha() else "." if c in ".!?" else " " for c in text.lower())
    return [part.split() for part in letters.split(".") if part.strip()]


@Function.of(
    {"sentences": some_sentences, "min_count": arg.optional(2)},
    returns="the vocabulary",
    exact=True,
)
def build_vocabulary(sentences, min_count=1):
    counts = Counter(sum(sentences, []))
    often = [(-n, word) for word, n in counts.items() if n >= min_count]
    return {word: number for number, (_, word) in enumerate(sorted(often))}


def some_ids(rng):
    words = [30 * "h", "abc", "b", "ab", "a", "cd"]
    return {word: int(i) for word, i in zip(words, rng.permutation(6), strict=True)}


@Function.of({"sentences": some_sentences, "vocabulary": some_ids}, returns="the ids", exact=True)
def encode(sentences, vocabulary):
    return [[vocabulary[word] for word in words if word in vocabulary] for words in sentences]


@task("text")
@each(tokenize, build_vocabulary, encode, one_hot)
def test_text_call_after_call(student, reference, rng, function):
    """The function is right in all sizes, and call after call"""
    also = {"for a large vocabulary": {"size": 700}} if function is one_hot else {}
    function.battery(student, rng, reference, also=also)


# Task 2, similarity


def of_all_lengths(rng, N, d):
    return rng.normal(size=(N, d)) * rng.uniform(0.2, 5, size=(N, 1))


@Function.of({"A": "N d", "B": "M d"}, returns="the cosines")
@in_torch
def cosine(A, B):
    return torch.nn.functional.cosine_similarity(A[:, None], B[None], dim=2, eps=1e-30)


@task("similarity", weight=0.75)
def test_cosine_in_all_sizes(student, reference, rng):
    """`cosine` is right in all sizes, for long and short rows, and call after call"""
    also = {"for rows of all lengths": {"A": arg.own(of_all_lengths)}}
    cosine.battery(student, rng, reference, also=also)


@task("similarity", weight=0.5)
def test_cosine_of_zeros(student, reference, rng):
    """Rows of zeros in A or in B have the cosine 0, the others theirs, also if they are short"""
    A, B = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
    A[2], B[[0, 3]] = 0, 0
    for length in (1, 1e-6, 1e-12):
        cosine.check(student, rng, reference, A=length * A, B=length * B)


@Function.of(
    {
        "query": "d",
        "E": of_all_lengths,
        "k": arg.size("k"),
        "without": arg.optional(lambda rng, query, E: nearest(query, E, 4)[1::2]),
    },
    returns="the list of rows",
    exact=True,
    sizes={"N": range(7, 11), "k": (1, 2, 3, 4)},
)
def nearest(query, E, k, without=()):
    order = np.argsort(cosine(-query[None], E)[0]).tolist()
    return [row for row in order if row not in without][:k]


@task("similarity", weight=0.75)
def test_nearest(student, reference, rng):
    """`nearest` finds rows by angle, the best first, whatever their lengths, and call after call"""
    also = {
        "where the query is one of the rows": {"query": arg.own(lambda rng, E: E[2])},
        "where rows are left out": {"without": ..., "N": 14, "k": 6},
        "for many rows": {"N": 300, "d": 20, "k": 290},
    }
    ties = dict.fromkeys(("zero", "d = 1"), "cosines are equal then")
    nearest.battery(student, rng, reference, without=ties, also=also)


@task("similarity", weight=0.25)
def test_nearest_among_opposites(student):
    """Rows that are left out stay out where the others point away; a row of zeros is in between"""
    E = np.array([[1.0, 2], [-6, -8], [-4, 1], [3, 4], [-1, -1]])
    found = student.nearest(np.array([3.0, 4]), E, 3, without=[0, 3])
    equal(found, [2, 4, 1], name="the list of rows")
    E[2] = 0
    found = student.nearest(np.array([3.0, 4]), E, 5)
    equal(found, [3, 0, 2, 4, 1], name="the list of rows, one of them zero,")


# Task 3, tfidf


@task("tfidf", weight=0.75)
def test_bag(student, reference):
    """`bag_of_words` counts repeated words, leaves others out and keeps to the given columns"""
    columns = {"cow": 3, "ant": 0, "bee": 2, "yak": 1}
    herds = [*HERDS, [], ["ant", "ant", "ant", "gnu"]]
    truth = [[herd.count(word) for word in ("ant", "yak", "bee", "cow")] for herd in herds]
    close(student.bag_of_words(herds, columns), truth, name="the counts")
    unchanged(student)


@Function.of({"documents": some_sentences, "vocabulary": some_ids}, returns="the counts")
def bag_of_words(documents, vocabulary):
    words = sorted(vocabulary, key=vocabulary.get)
    return np.array([[document.count(word) for word in words] for document in documents])


def some_counts(rng, D, V):
    """Counts with a word that is in every document and one that is in none."""
    counts = (rng.integers(1, 5, size=(D, V)) * (rng.random((D, V)) < 0.5)).astype(float)
    counts[:, 0], counts[:, 1] = rng.integers(1, 4, size=D), 0
    counts[1, 2] = counts[2, 2] = 3
    return counts


@Function.of(
    {"_n": arg.integers("D V", "3"), "counts": lambda rng, _n: _n.astype(float)},
    returns="the weights",
)
def tfidf(counts):
    df = np.array([max(np.count_nonzero(column), 1) for column in counts.T])
    return counts * (np.log(len(counts)) - np.log(df))


@task("tfidf", weight=1.5)
@each(bag_of_words, tfidf)
def test_tfidf_in_all_sizes(student, reference, rng, function):
    """The function is right in all sizes, for equal and for empty documents, and call after call"""
    also = {
        bag_of_words: {"for a word that occurs often": {"documents": [["a"] * 300, ["b", "a"]]}},
        tfidf: {
            "where a document is empty": {"counts": np.array([[2.0, 0], [0, 0], [1, 1]])},
            "for counts that are whole numbers": {"counts": np.array([[300, 0, 1], [2, 1, 0]])},
            "for many documents": {"D": 600, "V": 3},
        },
    }
    function.battery(student, rng, reference, also=also[function])


@task("tfidf")
def test_tfidf(student, reference, rng):
    """`tfidf` is right for other counts, words that are in every document and in none"""
    tfidf.check(student, rng, reference, counts=some_counts(rng, 5, 7))


@task("tfidf", weight=0.75)
def test_own_weight(student, variant):
    """`my_weight` is right for the student's own library"""
    D, df, times = (variant[name] for name in ("documents", "documents_with_word", "times"))
    truth = times * (np.log(D) - np.log(df))
    mistakes = {
        "take the natural logarithm, not that of base 10": truth / np.log(10),
        "take the natural logarithm, not that of base 2": truth / np.log(2),
        "the number of times is a factor before the logarithm": truth / times,
        "the logarithm is of D/df, nothing is added": times * np.log(D / (1 + df)),
    }
    close(student.get("my_weight"), truth, rtol=1e-4, name="my_weight", mistakes=mistakes)


# Task 4, pairs


def brute_pairs(sentences, window):
    """All pairs of different places that are `window` or less apart."""
    places = (product(enumerate(words), enumerate(words)) for words in sentences)
    return [(a, b) for each in places for (i, a), (j, b) in each if 0 < abs(i - j) <= window]


@task("pairs")
@pytest.mark.parametrize("window", [1, 2, 3, 6])
def test_pairs(student, window):
    """The pairs of several sentences are right, words or ids, in order, for this window"""
    for sentences in (HERDS, [[4, 1, 4, 0, 2], [3], [], [5, 5], [0, 6, 1, 2, 3, 7, 0, 70_000, 4]]):
        found = student.skip_gram_pairs(sentences, window)
        equal(found, brute_pairs(sentences, window), name="the list of pairs")
        unchanged(student)


skip_gram_pairs = Function(
    "skip_gram_pairs",
    {"sentences": some_sentences, "window": arg.size("m")},
    truth=brute_pairs,
    returns="the list of pairs",
    exact=True,
)


@task("pairs", weight=0.5)
def test_pairs_call_after_call(student, reference, rng):
    """`skip_gram_pairs` is right call after call, for windows longer than all sentences, too"""
    long = {"for a long window": {"window": 100}}
    skip_gram_pairs.battery(student, rng, reference, also=long)


def whole(value):
    """A whole number, exact where it is large; 30.0 is one, too."""
    shaped(value, (), name="the number of pairs")
    number = np.asarray(value).item()
    return int(number) if number == int(number) else number


@task("pairs")
def test_pair_count(student):
    """`pair_count` is right for short and for long windows"""
    for T, m in product(range(1, 9), (1, 2, 3, 5, 7, 8, 11)):
        truth = len(brute_pairs([range(T)], m))
        equal(whole(student.pair_count(T, m)), truth, name="the number of pairs")


@task("pairs", weight=0.5)
def test_pair_count_of_a_long_text(student, reference):
    """`pair_count` is exact for sentences and windows up to 10**9, and quick"""
    for T, m in ((10**9 - 2, 10**9), (10**9 - 4, 4 * 10**8 + 1), (10**6 + 3, 5)):
        truth = reference.pair_count(T, m)
        equal(whole(student.pair_count(T, m)), truth, name="the number of pairs")


# Tasks 5, 6 and 9: three losses with their gradients

SOFTMAX_STEPS = SOFTMAX.following(
    {
        "db_dv": "U.T @ t",
        "da_dz": "p",
        "da_dv": "U.T @ da_dz",
        "dl_dv": "da_dv - db_dv",
        "dl_dz": "da_dz - t",
        "dl_dU": "outer(dl_dz, v)",
    }
)
NEGATIVE_STEPS = NEGATIVE.following(
    {
        "dl_ds": "-1/(1 + exp(s))",
        "dl_dr": "1/(1 + exp(-r))",
        "dl_dv": "u*dl_ds + N.T @ dl_dr",
        "dl_du": "v*dl_ds",
        "dl_dN": "outer(dl_dr, v)",
    }
)
# Scores up to ±1000.
W, U = np.array([[100.0], [-99.0], [0.5]]), np.array([[10.0], [-9.0], [9.99]])
FAR = {"W": W, "U": U, "V": 3, "B": 12}
MANY = {"for many pairs": {"B": 300, "d": 2}, "for many words": {"V": 300, "B": 20, "d": 2}}
WIDE = {"large": "scores are up to ±1000"}


@task("softmax", weight=0.5)
@pytest.mark.parametrize("line", SOFTMAX_STEPS.names)
def test_softmax_step(student, line):
    """The line is right, given the lines above it"""
    SOFTMAX_STEPS.check(student.get("softmax_lines"), line)


@task("softmax")
@by_part
def test_softmax(student, reference, rng, part):
    """This part of (loss, dW, dU) agrees with autograd, for many pairs of few words"""
    softmax_gradients.check(student, rng, reference, B=8, V=6, part=part)


@task("softmax")
def test_softmax_in_all_sizes(student, reference, rng):
    """`softmax_gradients` is right in all sizes, for unusual numbers, and call after call"""
    also = MANY | {"for many pairs of two words": {"B": 9, "V": 2}}
    softmax_gradients.battery(student, rng, reference, without=WIDE, also=also)


@task("softmax", weight=0.5)
@by_part
def test_softmax_of_large_scores(student, rng, part):
    """Scores up to ±1000 give finite numbers, and the right ones"""
    softmax_gradients.check(student, rng, **FAR, part=part)


@task("negative", weight=0.5)
@pytest.mark.parametrize("line", NEGATIVE_STEPS.names)
def test_negative_step(student, line):
    """The line is right, given the lines above it"""
    NEGATIVE_STEPS.check(student.get("negative_lines"), line)


@task("negative")
@by_part
def test_negative(student, reference, rng, part):
    """This part of (loss, dW, dU) agrees with autograd, with words repeated in all places"""
    negative_gradients.check(student, rng, reference, B=8, K=4, V=7, part=part)


@task("negative")
def test_negative_in_all_sizes(student, reference, rng):
    """`negative_gradients` is right in all sizes, for unusual numbers, and call after call"""
    also = MANY | {"for many negatives": {"K": 40, "V": 5}}
    negative_gradients.battery(student, rng, reference, without=WIDE, also=also)


@task("negative", weight=0.5)
@by_part
def test_negative_of_large_scores(student, rng, part):
    """Scores up to ±1000 give finite numbers, and the right ones"""
    negative_gradients.check(student, rng, **FAR, K=2, part=part)


@task("cbow")
@by_part
def test_cbow(student, reference, rng, part):
    """This part of (loss, dW, dU) agrees with autograd; contexts of 1 to 6 words, some twice"""
    cbow_gradients.check(student, rng, reference, B=6, V=5, part=part)


@task("cbow")
def test_cbow_in_all_sizes(student, reference, rng):
    """`cbow_gradients` is right in all sizes, for unusual numbers, and call after call"""
    twice = {"V": 4, "contexts": [[1, 2, 2], [1, 2, 2], [0, 1], [3]]}
    also = MANY | {"where contexts are equal": {**twice, "centres": np.array([0, 3, 1, 1])}}
    also["for many pairs"] = {"B": 40, "d": 2}
    cbow_gradients.battery(student, rng, reference, without=WIDE, also=also)


@task("cbow", weight=0.5)
def test_cbow_of_large_scores(student, rng):
    """Scores up to ±1000 give finite numbers, and the right ones"""
    cbow_gradients.check(student, rng, **FAR, contexts=[[0], [1], [2]] * 4)


# Task 7, noise


@Function.of(
    {"counts": lambda rng, V: 1.0 + rng.integers(400, size=V), "power": arg.optional(0.4)},
    returns="the noise",
)
@in_torch
def noise_distribution(counts, power=0.75):
    return torch.softmax(power * counts.double().log(), dim=0)


@task("noise")
@pytest.mark.parametrize("power", [{}, {"power": 0.4}, {"power": 1.0}, {"power": 0.0}], ids=str)
def test_noise(student, reference, rng, power):
    """`noise_distribution` is right for other counts, with this power"""
    noise_distribution.check(student, rng, reference, V=9, **power)
    whole_counts = arg.own(lambda rng, V: 1 + rng.integers(400, size=V))
    noise_distribution.check(student, rng, V=9, counts=whole_counts, **power)


@task("noise")
def test_noise_in_all_sizes(student, reference, rng):
    """`noise_distribution` is right in all sizes, for counts of zero, and call after call"""
    also = {
        "where counts are zero": {"counts": np.array([3.0, 0, 5, 0.0])},
        "for huge counts": {"counts": np.array([3, 10**12, 10**9])},
    }
    noise_distribution.battery(student, rng, reference, also=also)


def is_chance(found):
    """Whether a chance is neither too small nor, as of draws that are too even, too near 1."""
    return FALSE_ALARM / 10 < found < 1 - FALSE_ALARM / 10


def agree_by_chance(seen, others, share):
    """Whether as many of two arrays agree, place by place, as of independent ones."""
    same = np.count_nonzero(np.asarray(seen) == np.asarray(others))
    expected = np.array([share, 1 - share]) * np.size(seen)
    return chance.chi_square([same, np.size(seen) - same], expected) > FALSE_ALARM / 10


# Seeds that are equal where not all digits of them are used.
FAR_SEEDS = [100, 256, 1000, 2**16, 10**6, 2**31, 2**32, 10**10]
NOISE = np.array([0.28, 0.05, 0.22, 0.0, 0.15, 0.3])


def drawn(student, contexts, K, seed, noise=NOISE):
    """Draws of the student's, of the right form and without the context words."""
    found = student.draw_negatives(contexts, K, noise, seed=seed)
    unchanged(student)
    ids = ids_of(found, (len(contexts), K), len(noise))
    if np.asarray(found).dtype.kind not in "iu":
        raise CheckFailed("the negatives are not integers")
    if np.any(ids == contexts[:, None]):
        raise CheckFailed("a pair has its own context word among its negatives")
    if np.any(noise[ids] == 0):
        raise CheckFailed("a word came up whose noise is 0")
    return ids


def without(word):
    """The noise, given that it is not this word."""
    left = np.where(np.arange(len(NOISE)) == word, 0.0, NOISE)
    return left / left.sum()


@task("noise", weight=2)
@pytest.mark.parametrize("context", [5, 1])
def test_negatives_follow_the_noise(student, rng, context):
    """Draws for this context word follow the noise without it (χ², false alarm 1e-6)"""
    contexts = np.tile([context, 0], 4000)
    ids = drawn(student, contexts, 3, int(rng.integers(10**6)))[::2]
    seen = np.bincount(ids.ravel(), minlength=6)
    if chance.chi_square(seen, ids.size * without(context)) <= FALSE_ALARM:
        raise CheckFailed("the negatives do not follow the noise that leaves out the context word")


@task("noise")
@pytest.mark.parametrize("pair", ["one row", "one column", "a diagonal"])
def test_negatives_are_independent(student, rng, pair):
    """Draws of one row, of one column or beside each other are independent (χ², 1e-6)"""
    ids = drawn(student, np.full(6000, 2), 2, int(rng.integers(10**6)))
    first = ids[::2, 1] if pair == "a diagonal" else ids[::2, 0]
    second = ids[::2, 1] if pair == "one row" else ids[1::2, 0]
    seen = np.zeros((6, 6))
    np.add.at(seen, (first, second), 1)
    if chance.chi_square(seen, len(first) * np.outer(without(2), without(2))) <= FALSE_ALARM:
        where = "of the same pair" if pair == "one row" else "of different pairs"
        raise CheckFailed(f"two negatives {where} are not independent, or do not follow the noise")


@task("noise")
def test_negatives_far_from_each_other(student, rng):
    """Draws anywhere in the batch are independent, and no half of it mirrors the other"""
    ids = drawn(student, np.full(4000, 3), 2, int(rng.integers(10**6)))
    hot = np.eye(len(NOISE))[:, NOISE > 0]
    features = (hot - NOISE[NOISE > 0]) / (NOISE[NOISE > 0] * (1 - NOISE[NOISE > 0])) ** 0.5
    for order in (ids, ids.T):
        if chance.is_linked(features[order.ravel()]):
            raise CheckFailed("draws of different pairs depend on each other: draw each by itself")


@task("noise")
def test_negatives_of_rare_words(student, rng):
    """Words with little noise come up as often as they should, with any id (χ², 1e-6)"""
    kinds = rng.permutation(np.arange(4000) % 3)
    noise = np.array([1.45, 2.55, 3.5])[kinds]
    noise[0] = 0
    noise /= noise.sum()
    ids = drawn(student, np.zeros(500, dtype=int), 24, int(rng.integers(10**6)), noise)
    due = np.bincount(kinds, noise) * ids.size
    if chance.chi_square(np.bincount(kinds[ids.ravel()], minlength=3), due) <= FALSE_ALARM:
        raise CheckFailed("words with little noise do not come up as often as they should")
    large = np.zeros(70_000)
    large[[299, 40_000, 69_999]] = [0.3, 0.3, 0.4]
    found = drawn(student, np.array([40_000, 69_999, 299]), 30, 4, large)
    for row, others in zip(found, ([299, 69_999], [299, 40_000], [40_000, 69_999]), strict=True):
        equal(np.unique(row), others, name="the ids that come up in a large vocabulary")


@task("noise")
def test_negatives_are_not_too_even(student, rng):
    """Frequencies of many words, and of one column beside another, vary as chance does (χ², 1e-6)"""
    many = 1.0 / (3 + rng.permutation(40))
    many[0] = 0
    many /= many.sum()
    ids = drawn(student, np.zeros(4000, dtype=int), 3, int(rng.integers(10**6)), many)
    columns = np.array([np.bincount(column, minlength=40) for column in ids.T])
    found = [chance.chi_square(columns.sum(axis=0), ids.size * many)]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        gap = columns[one] - columns[other]
        found.append(chance.of_square(np.sum(gap[1:] ** 2 / (8000 * many[1:])), 38))
    if not all(map(is_chance, found)):
        raise CheckFailed("frequencies do not vary as chance does: is each draw by itself?")


@task("noise", weight=0.5)
def test_negatives_by_seed(student, rng):
    """The same seed gives the same draws, and seeds beside each other have nothing in common"""
    contexts, one_word = rng.integers(6, size=40), np.full(400, 3)
    repeatable(student.draw_negatives, contexts, 7, NOISE, 11)
    repeatable(student.draw_negatives, contexts, 7, NOISE, 0)
    first = int(rng.integers(2, 1000)) * 2
    by_seed = [drawn(student, one_word, 3, seed) for seed in range(first, first + 3)]
    for a, b in zip(by_seed, by_seed[1:], strict=False):
        for here, there in ((a, b), (a[1:], b[:-1]), (a[:, 1:], b[:, :-1])):
            if not agree_by_chance(here, there, np.sum(without(3) ** 2)):
                raise CheckFailed("seeds beside each other give draws that are partly the same")
    far = [drawn(student, one_word, 3, first + more).tolist() for more in FAR_SEEDS]
    if any(by_seed[0].tolist() == each for each in far):
        raise CheckFailed("seeds far from each other give the same draws")
    two = drawn(student, np.array([1, 4, 1, 1]), 5, 3, np.array([0, 0.9, 0, 0, 0.1, 0]))
    equal(two, np.array([[4], [1], [4], [4]]).repeat(5, axis=1), name="the draws from two words")
    for seed in range(6):
        one = drawn(student, np.array([1]), 1, seed, np.array([0.1, 0.9]))
        equal(one, [[0]], name="the only draw, of two words of which one is the context,")


# Task 8, subsample


@Function.of(
    {
        "counts": lambda rng, V: np.resize([900.0, 450, 60, 30, 7, 2], V) + rng.integers(1, 9, V),
        "threshold": arg.uniform("", 0.01, 0.4),
    },
    returns="the probabilities",
)
def keep_probability(counts, threshold):
    odds = threshold * counts.sum() / counts
    return np.where(odds < 1, odds**0.5, 1)


@task("subsample")
@pytest.mark.parametrize("threshold", [0.3, 0.02])
def test_keep_probability(student, reference, rng, threshold):
    """`keep_probability` is right for frequent and for rare words, in short and in long texts"""
    keep_probability.check(student, rng, reference, V=6, threshold=threshold)
    longer = arg.own(lambda rng: 10.0 * rng.permutation([900, 450, 60, 30, 7, 2]))
    keep_probability.check(student, rng, threshold=threshold, counts=longer)


@task("subsample", weight=0.5)
def test_keep_probability_in_all_sizes(student, reference, rng):
    """`keep_probability` is right in all sizes, for whole counts, and call after call"""
    also = {
        "for whole counts": {"counts": np.array([700, 3, 40, 40])},
        "for a large text": {"counts": 10 ** np.array([12, 9, 6, 1]), "threshold": 1e-5},
    }
    keep_probability.battery(student, rng, reference, also=also)


def left_of(student, sentences, keep, seed):
    """What the student's `subsample` leaves: a part of every sentence."""
    left = listed(student.subsample(sentences, keep, seed=seed), "the result")
    unchanged(student)
    equal(len(left), len(sentences), name="the number of sentences")
    for words, sentence in zip(left, sentences, strict=True):
        if not isinstance(words, list) or any(word not in sentence for word in words):
            raise CheckFailed("what is left of a sentence is not part of it")
    return left


@task("subsample", weight=2)
def test_subsample(student, rng):
    """Each occurrence stays with its probability, by itself and in its place (χ², 1e-6)"""
    keep = np.array([0.3, 0.8, 1.0, 0.55])
    sentences = [[0, 2, 1], [1, 0, 2, 0, 3], [3, 1]] * 1200
    left = left_of(student, sentences, keep, int(rng.integers(10**6)))
    for place, words in enumerate(sentences[:3]):
        seen = Counter(tuple(rest) for rest in left[place::3])
        # What each of the 2 ** len(words) outcomes gives, and how probable it is.
        due = Counter()
        for stays in np.ndindex(*[2] * len(words)):
            throws = list(zip(words, stays, strict=True))
            rest = tuple(w for w, stay in throws if stay)
            due[rest] += 1200 * np.prod([keep[w] if stay else 1 - keep[w] for w, stay in throws])
        if any(rest not in due for rest in seen):
            raise CheckFailed("what is left of a sentence is not part of it, in its order")
        counts = np.array([[seen[rest], due[rest]] for rest in due])
        if chance.chi_square(*counts.T) <= FALSE_ALARM / 3:
            raise CheckFailed("words do not stay with their probability, each by itself")


@task("subsample")
def test_subsample_of_rare_cases(student, rng):
    """Probabilities near 0 and near 1 are kept to, and no throw depends on another (χ², 1e-6)"""
    keep = np.full(300, 0.5)
    keep[[7, 299]] = 0.0016, 0.9984
    sentences = [[7, 299] * 250] * 80
    left = left_of(student, sentences, keep, int(rng.integers(10**6)))
    seen = Counter(sum(left, []))
    # 32 are due of either; the limits are passed by chance once in ten million cases.
    if not (2 <= seen[7] <= 67 and 2 <= 20_000 - seen[299] <= 67):
        raise CheckFailed("probabilities near 0 or near 1 are not kept to")
    # Each word once in a sentence, so that what stays says how each throw fell.
    sentences = [rng.permutation(np.arange(10, 50)).tolist() for _ in range(100)]
    left = left_of(student, sentences, keep, int(rng.integers(10**6)))
    stay = [np.isin(sentence, words) for sentence, words in zip(sentences, left, strict=True)]
    if chance.is_linked(2.0 * np.reshape(stay, (-1, 1)) - 1):
        raise CheckFailed("throws depend on each other: each occurrence needs its own")


@task("subsample")
def test_subsample_is_not_too_even(student, rng):
    """How many occurrences of each of many words stay varies as chance does (χ², 1e-6)"""
    keep = rng.uniform(0.3, 0.7, size=50)
    sentences = [rng.permutation(50).tolist() for _ in range(80)]
    left = left_of(student, sentences, keep, int(rng.integers(10**6)))
    stay = np.bincount(np.array(sum(left, []), dtype=int), minlength=50)
    found = chance.of_square(np.sum((stay - 80 * keep) ** 2 / (80 * keep * (1 - keep))), 50)
    if not is_chance(found):
        raise CheckFailed("how many words stay does not vary as chance does: one throw for each?")


@task("subsample", weight=0.5)
def test_subsample_by_seed(student, rng):
    """The same seed leaves the same words, neighbouring ones others; empty sentences stay"""
    keep, sentences = np.array([0.5, 0.4, 0.7]), [[0, 1, 2, 0, 1, 2, 2, 1, 0], [], [1, 0] * 9]
    first = listed(repeatable(student.subsample, sentences, keep, 5), "the result")
    repeatable(student.subsample, sentences, keep, 0)
    equal([len(first), first[1]], [3, []], name="[the number of sentences, the empty one]")
    # Sixteen outcomes of each sentence, equally likely.
    half, four, seed = np.full(4, 0.5), [[0, 1, 2, 3]] * 400, int(rng.integers(2, 1000)) * 2
    outcomes = []
    for number in range(seed, seed + 3):
        left = left_of(student, four, half, number)
        outcomes.append([sum(2**word for word in words) for words in left])
        if not agree_by_chance(outcomes[-1][1:], outcomes[-1][:-1], 1 / 16):
            raise CheckFailed("equal sentences in a row are not decided each by itself")
    if any(left_of(student, four, half, seed + 2 + more) == left for more in FAR_SEEDS):
        raise CheckFailed("seeds far from each other leave the same words")
    for a, b in zip(outcomes, outcomes[1:], strict=False):
        if not (agree_by_chance(a, b, 1 / 16) and agree_by_chance(a[1:], b[:-1], 1 / 16)):
            raise CheckFailed("seeds beside each other leave partly the same words")


# Task 10, train


@Function.of(
    {"pairs": lambda rng, V, P: rng.integers(V, size=(P, 2)) // [1, 2] + [0, 10]},
    returns="the entropy",
)
def conditional_entropy(pairs):
    share = [np.mean(pairs[pairs[:, 0] == c, 1] == o) for c, o in pairs]
    return -np.mean(np.log(share))


@task("train")
@pytest.mark.parametrize("sizes", [{"V": 3, "P": 40}, {"V": 6, "P": 25}], ids=str)
def test_conditional_entropy(student, reference, rng, sizes):
    """`conditional_entropy` is right for other pairs, and for each of them three times"""
    conditional_entropy.check(student, rng, reference, **sizes)
    conditional_entropy.check(student, rng, pairs=rng.integers(4, size=(9, 2)).repeat(3, axis=0))


@task("train", weight=0.5)
def test_entropy_in_all_sizes(student, reference, rng):
    """`conditional_entropy` is right in all sizes, for one pair too, and call after call"""
    also = {"where all pairs are equal": {"pairs": np.array([[2, 5]] * 4)}}
    often = [[1, 2]] * 300 + [[1, 3]] * 44 + [[0, 2]] * 256 + [[0, 1]]
    also["where pairs occur often"] = {"pairs": rng.permutation(np.array(often))}
    # Pairs that fall together where two ids are made one number, or their digits one text.
    grids = {
        "where contexts have larger ids than centres": ([0, 1, 2, 3], range(12)),
        "where centres have larger ids than contexts": (range(12), [0, 1, 2, 3]),
        "for ids of one to four digits": ([1, 11, 111, 256, 1000], [1, 2, 11, 12, 112, 1002]),
    }
    for where, ids in grids.items():
        also[where] = {"pairs": rng.choice(list(product(*ids)), size=60)}
    conditional_entropy.battery(student, rng, reference, also=also)


class Spy:
    """Gradients that depend on the step alone, and a record of what was asked.

    That of W is zero in every fourth step, that of U in others.
    """

    def __init__(self, rng, size, d):
        self.slopes = rng.normal(size=(2, size, d))
        self.asked = []

    def __call__(self, W, U, centres, contexts):
        batch = np.column_stack([np.asarray(centres), np.asarray(contexts)])
        self.asked.append((np.array(W), np.array(U), batch))
        return 1.0, *(
            factor * slope for factor, slope in zip(self.at(-1), self.slopes, strict=True)
        )

    def at(self, step):
        """The factors of both gradients at a step."""
        number = range(len(self.asked))[step] % 4
        return float(number != 1), float(number != 2)


def spied(student, rng, P, seed, *, size=5, d=3, **settings):
    """Run `train` with a spy on P pairs, no two of them equal."""
    pairs = rng.permutation([(i, j) for i in range(size) for j in range(size)])[:P]
    spy = Spy(rng, size, d)
    result = student.train(spy, pairs, size, d, seed, **settings)
    unchanged(student)
    return pairs, spy, two_matrices(result, size, d)


@task("train")
@pytest.mark.parametrize("setting", [(20, 3, 6, 0.8), (5, 2, 1, 1.7), (9, 4, 50, 0.3)], ids=str)
def test_rates(student, rng, setting):
    """Of P pairs, epochs and batches, each step moves W and U at its own rate, down to nearly 0"""
    check_rates(student, rng, *setting)


@task("train", weight=0.5)
def test_large_vocabulary(student, rng):
    """Ids of many words reach `gradients` as they are, and vectors may have one entry"""
    pairs, spy = rng.integers(70_000, size=(50, 2)), Spy(rng, 70_000, 1)
    two_matrices(student.train(spy, pairs, 70_000, 1, 6, epochs=1, batch=25), 70_000, 1)
    found = sum((rows.tolist() for _, _, rows in spy.asked), [])
    equal(sorted(found), sorted(pairs.tolist()), name="the pairs of an epoch")


def check_rates(student, rng, P, epochs, batch, rate):
    pace = {"epochs": epochs, "batch": batch, "learning_rate": rate}
    _, spy, last = spied(student, rng, P, 3, **pace)
    steps = epochs * ((P + batch - 1) // batch)
    equal(len(spy.asked), steps, name="the number of steps")
    course = [*(seen[:2] for seen in spy.asked), last]
    due = -rate * np.arange(steps, 0, -1) / steps
    for which, name in enumerate("WU"):
        moves = np.diff([both[which] for both in course], axis=0)
        factors = np.array([spy.at(step)[which] for step in range(steps)])
        right = np.multiply.outer(due * factors, spy.slopes[which])
        close(moves, right, rtol=1e-6, name=f"the steps of {name}, each with its rate,")


@task("train", weight=0.5)
def test_defaults(student, rng):
    """Where nothing is said there are 3 epochs of batches of 256, and the first rate is 10"""
    _, spy, _ = spied(student, rng, 300, 2, size=18)
    sizes = [len(rows) for _, _, rows in spy.asked]
    equal(sizes, [256, 44] * 3, name="the sizes of the batches")
    for which, name in enumerate("WU"):
        step = spy.asked[1][which] - spy.asked[0][which]
        close(step, -10 * spy.slopes[which], rtol=1e-6, name=f"the first step of {name}")


@task("train")
@pytest.mark.parametrize("setting", [(16, 3, 5), (12, 4, 4)], ids=str)
def test_batches(student, rng, setting):
    """Each epoch goes through all pairs once, in a new order, the last batch smaller"""
    P, epochs, batch = setting
    pairs, spy, _ = spied(student, rng, P, 8, epochs=epochs, batch=batch)
    batches = [seen[2] for seen in spy.asked]
    sizes = ([batch] * (P // batch) + [P % batch] * (P % batch > 0)) * epochs
    equal([len(rows) for rows in batches], sizes, name="the sizes of the batches")
    rows = np.concatenate(batches).reshape(epochs, P, 2)
    if any(sorted(epoch) != sorted(pairs.tolist()) for epoch in rows.tolist()):
        raise CheckFailed("an epoch does not go through every pair exactly once, centre first")
    if np.array_equal(rows[0], pairs):
        raise CheckFailed("the pairs are not shuffled")
    if any(np.array_equal(rows[0], epoch) for epoch in rows[1:]):
        raise CheckFailed("every epoch has the same order: shuffle anew")


@task("train")
def test_shuffles(student, rng):
    """Where a pair comes, and beside which others, is left to chance in each epoch (χ², 1e-6)"""
    P, epochs = 25, 40
    pairs, spy, _ = spied(student, rng, P, int(rng.integers(1000)), epochs=epochs, batch=5)
    at = {tuple(pair): row for row, pair in enumerate(pairs.tolist())}
    rows = [at.get(tuple(pair), 0) for seen in spy.asked for pair in seen[2].tolist()]
    equal(len(rows), P * epochs, name="the number of pairs in all epochs")
    orders = np.reshape(rows, (epochs, P))
    table = np.zeros((5, 5))
    np.add.at(table, (orders // 5, np.arange(P) // 5), 1)
    place = chance.of_square(np.sum((table - 40) ** 2 / 40) * (P - 1) / P, 16)
    if len({tuple(turned) for order in orders for turned in (order, order[::-1])}) < 2 * epochs:
        raise CheckFailed("two epochs have the same order, forwards or backwards: shuffle anew")
    # Neighbours in one order that are neighbours in the next: 2 of P places are beside a row.
    beside = 0
    for before, after in zip([np.arange(P), *orders], orders, strict=False):
        where = np.argsort(after)[before]
        beside += np.count_nonzero(np.abs(np.diff(where)) == 1)
    due = epochs * (P - 1) * 2 / P
    if place <= FALSE_ALARM / 10 or abs(beside - due) > 6 * due**0.5:
        raise CheckFailed("the orders are not those of a shuffle: use a permutation in each epoch")


@task("train")
@pytest.mark.parametrize("scale", [None, 1.4])
def test_start(student, rng, scale):
    """W and U start as `scale` times standard normal numbers, by the seed (χ², 1e-6)"""
    still = lambda W, U, *_: (1.0, np.zeros(np.shape(W)), np.zeros(np.shape(U)))  # noqa: E731
    repeatable(student.train, still, np.array([(0, 1), (1, 2), (2, 0)]), 3, 2, 0, epochs=1)
    pairs = rng.permutation([(i, j) for i in range(4) for j in range(4)])
    repeatable(student.train, by_hand, pairs, 4, 2, 7, epochs=2, batch=3, learning_rate=0.3)
    settings, starts = {} if scale is None else {"scale": scale}, []
    for seed in (0, 1, 0):
        _, spy, _ = spied(student, rng, 9, seed, size=40, d=15, **settings)
        starts.append(np.stack(spy.asked[0][:2]))
    close(starts[2], starts[0], name="the start with the same seed")
    if np.intersect1d(*map(np.abs, starts[:2])).size:
        raise CheckFailed("two seeds give starts that are partly the same: is the seed used?")
    for more in FAR_SEEDS:
        _, spy, _ = spied(student, rng, 1, more, size=40, d=15, epochs=1, **settings)
        if np.array_equal(np.stack(spy.asked[0][:2]), starts[0]):
            raise CheckFailed("seeds far from each other give the same start")
    if np.intersect1d(*np.abs(starts[0])).size:
        raise CheckFailed("W and U start with the same numbers: draw both")
    z = np.concatenate(starts[:2]) / (scale or 0.5)
    if any(abs(value) < 1e-9 for M in (*z, z[:2]) for value in (M.mean(), M.std() - 1)):
        raise CheckFailed("the start has an exact mean or deviation: leave the draws as they are")
    # Eight classes of the normal distribution that are equally likely.
    if any(chance.is_linked(M.reshape(-1, 1)) for M in (z, z.mT)):
        raise CheckFailed("numbers of the start depend on each other: draw each by itself")
    limits = [-1.15035, -0.67449, -0.31864, 0, 0.31864, 0.67449, 1.15035]
    classes = np.bincount(np.searchsorted(limits, z.ravel()), minlength=8)
    if chance.chi_square(classes, np.full(8, z.size / 8)) < FALSE_ALARM:
        detail = f"the root of the mean square is {np.sqrt(np.mean(z**2)):.3g} · scale"
        raise CheckFailed("the start is not `scale` times standard normal", detail=detail)


ENVELOPE = Path(__file__).parent / "reference" / "cpu.json"
FEATURES = [(a, b) for a in range(2) for b in range(3)] + [(0, 1), (1, 2)]
LANGUAGE = 18


def planted(number=900, seed=77):
    """Pairs of a language with planted structure, as ids that nobody can have by heart.

    Eight things have a colour of two and a form of three, the last two being synonyms of others. A
    sentence is a sign of the colour, the thing, a sign of the form, in 9 of 10 cases the right one; all
    three are in one window. Returns pairs (6 * number, 2).
    """
    generator = np.random.default_rng(seed)
    ids = generator.permutation(LANGUAGE)
    thing = generator.choice(8, size=number, p=[0.14, 0.16, 0.12, 0.12, 0.13, 0.15, 0.09, 0.09])
    sentence = [thing]
    for which, kinds, first in ((0, 2, 8), (1, 3, 12)):
        value = np.array(FEATURES)[thing, which]
        other = (value + generator.integers(1, kinds, size=number)) % kinds
        value = np.where(generator.random(number) < 0.1, other, value)
        sentence.append(first + 2 * value + (generator.random(number) < 0.4))
    rows = ids[np.column_stack(sentence)]
    pairs = [rows[:, [i, j]] for i in range(3) for j in range(3) if i != j]
    return generator.permutation(np.concatenate(pairs))


def by_hand(W, U, centres, contexts):
    """The loss of task 5 and its gradients without autograd, which takes longer."""
    hot, n = np.eye(len(W))[centres], np.arange(len(centres))
    powers = np.exp(W @ U.T)
    G = (powers / powers.sum(axis=1, keepdims=True))[centres]
    G[n, contexts] -= 1
    G /= len(n)
    return 0.0, hot.T @ (G @ U), G.T @ W[centres]


def end(train, seed):
    """The loss that a run of `train` ends with."""
    pairs = planted()
    found = train(by_hand, pairs, LANGUAGE, 6, seed, epochs=2, batch=80)
    W, U = two_matrices(found, LANGUAGE, 6)
    return float(in_torch(softmax_loss)(W, U, *pairs.T))


@task("train", weight=2)
def test_training(student, rng):
    """On a planted language the loss comes near its floor"""
    # What goes wrong at every step is seen in a few, and can be compared with known mistakes.
    check_rates(student, rng, 10, 2, 4, 0.6)
    envelope = convergence.read(ENVELOPE, "loss")
    convergence.check(lambda seed: end(student.train, seed), envelope, name="`train`")
