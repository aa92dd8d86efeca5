"""The marking checks of `word2vec`: other sizes, other words, oracles of their own.

Oracles: torch's autograd in float64, counting by brute force and closed forms written here, and
`reference`, our own solution. Samplers are judged by χ² tests that fail a right one with a chance of
1e-6 each, training by an envelope of recorded runs on a planted language of which the entropy is known.
"""

import dataclasses
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    NEGATIVE,
    PARTS,
    SOFTMAX,
    as_pairs,
    cbow_loss,
    ids_of,
    listed,
    little_words,
    negative_loss,
    part_of,
    softmax_loss,
    two_matrices,
)

from autograder.checks import (
    CheckFailed,
    Derivation,
    close,
    convergence,
    equal,
    repeatable,
    shaped,
    task,
    unchanged,
)

FALSE_ALARM = 1e-6


def following(spec, **expected):
    """The public derivation plus how each line follows from the lines before it."""
    lines = [dataclasses.replace(line, expected=expected[line.name]) for line in spec.lines]
    return Derivation(given=spec.given, forward=spec.forward, lines=lines)


def same(found, truth, mistakes, name):
    """Require equal values, and name the mistake that gives the ones found."""
    for text, wrong in mistakes.items():
        if found == wrong != truth:
            raise CheckFailed(f"{name} is wrong: {text}", misconception="known")
    equal(found, truth, name=name)


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


def split_by(text, ends="!?.", letters="abcdefghijklmnopqrstuvwxyz", keep_empty=False):
    """Sentences letter by letter."""
    sentences = [[""]]
    for letter in text:
        if letter in ends:
            sentences.append([""])
        elif letter in letters:
            sentences[-1][-1] += letter
        else:
            sentences[-1].append("")
    found = [[word for word in words if word] for words in sentences]
    return found if keep_empty else [words for words in found if words]


@task("text", weight=0.75)
def test_tokenize(student):
    """Sentences and words are right in a text with digits, quotes, line breaks and capitals"""
    small = "abcdefghijklmnopqrstuvwxyz"
    mistakes = {
        "is the text in lower case?": split_by(TEXT, letters=small + small.upper()),
        "digits are no letters": split_by(TEXT.lower(), letters=small + "0123456789"),
        "the underscore is no letter": split_by(TEXT.lower(), letters=small + "_"),
        "digits and _ are no letters": split_by(TEXT.lower(), letters=small + "0123456789_"),
        "does every mark . ! ? end a sentence?": split_by(TEXT.lower(), ends="."),
        "there are sentences without a word": split_by(TEXT.lower(), keep_empty=True),
        "don't is two words here": split_by(TEXT.lower(), letters=small + "'"),
        "line breaks do not end sentences": split_by(TEXT.lower(), ends="!?.\n"),
        "é is not one of the letters a to z": split_by(TEXT.lower(), letters=small + "é"),
    }
    found = listed(student.tokenize(TEXT), "the result")
    same(found, SENTENCES, mistakes, "the list of sentences")
    for words in ("Ab, c", "zz", "1 2 3"):
        equal(listed(student.tokenize(words), "the result"), split_by(words.lower()))


def order(sentences, key, least=1):
    counts = Counter(word for words in sentences for word in words)
    chosen = sorted((w for w in counts if counts[w] >= least), key=lambda w: key(w, counts[w]))
    return dict(zip(chosen, range(len(chosen)), strict=True))


@task("text", weight=0.75)
@pytest.mark.parametrize("least", [1, 2, 3])
def test_vocabulary(student, least):
    """Ids go by falling counts, then by the alphabet, of words that occur often enough"""
    truth = order(HERDS, lambda w, n: (-n, w), least)
    ties = "words that occur equally often are not in the order of the alphabet"
    mistakes = {
        ties: order(HERDS, lambda w, n: -n, least),
        "the alphabet decides before the count": order(HERDS, lambda w, n: w, least),
        "rare words come first": order(HERDS, lambda w, n: (n, w), least),
        f"{ties}, but in the reverse one": order(
            HERDS, lambda w, n: (-n, [-ord(x) for x in w]), least
        ),
        "ids count from 0": {word: i + 1 for word, i in truth.items()},
        "min_count itself is enough": order(HERDS, lambda w, n: (-n, w), least + 1),
        "is min_count used?": order(HERDS, lambda w, n: (-n, w)),
        "all sentences count, not only the first": order(HERDS[:1], lambda w, n: (-n, w), least),
    }
    minimum = {} if least == 1 else {"min_count": least}
    same(student.build_vocabulary(HERDS, **minimum), truth, mistakes, "the vocabulary")
    unchanged(student)


@task("text", weight=0.5)
def test_encode(student):
    """`encode` leaves unknown words out, and keeps sentences of which nothing is left"""
    vocabulary = {"cow": 2, "ant": 0, "bee": 1}
    truth = [[1, 0, 2, 0], [2], [1, 1, 0, 2]]
    equal(listed(student.encode(HERDS, vocabulary), "the result"), truth, name="the ids")
    unchanged(student)
    ids = listed(student.encode([["x"], ["bee", "y"], []], vocabulary), "the result")
    equal(ids, [[], [1], []], name="the ids")


@task("text", weight=0.5)
def test_one_hot(student, reference, rng):
    """`one_hot` is right for other ids and sizes"""
    for size, length in ((7, 11), (12, 4), (5, 5)):
        ids = rng.integers(size, size=length)
        rows = torch.nn.functional.one_hot(torch.tensor(ids), size)
        close(student.one_hot(ids, size), rows, name="the rows")
        found = student.one_hot(ids.tolist(), size)
        close(found, reference.one_hot(ids, size), name="the rows of a list of ids")


# Task 2, similarity


@task("similarity", weight=0.75)
@pytest.mark.parametrize("shape", [(5, 3, 4), (1, 6, 2), (4, 1, 7)], ids=str)
def test_cosine(student, rng, shape):
    """`cosine` is right for N rows and M rows of length d, long and short ones"""
    N, M, d = shape
    A = rng.normal(size=(N, d)) * rng.uniform(0.2, 5, size=(N, 1))
    B = rng.normal(size=(M, d)) * rng.uniform(0.2, 5, size=(M, 1))
    a, b = torch.tensor(A)[:, None], torch.tensor(B)[None]
    truth = torch.nn.functional.cosine_similarity(a, b, dim=2, eps=1e-30).numpy()
    of_A, of_B = np.linalg.norm(A, axis=1)[:, None], np.linalg.norm(B, axis=1)
    mistakes = {
        "this is the product: divide by both lengths": truth * of_A * of_B,
        "only the length of the rows of A is divided out": truth * of_B,
        "only the length of the rows of B is divided out": truth * of_A,
        "lengths are roots of sums of squares": truth / (of_A * of_B),
    }
    close(student.cosine(A, B), truth, name="the cosines", mistakes=mistakes)
    unchanged(student)


@task("similarity", weight=0.5)
def test_cosine_of_zeros(student, reference, rng):
    """Rows of zeros in A or in B have the cosine 0, the others theirs"""
    A, B = rng.normal(size=(4, 3)), rng.normal(size=(5, 3))
    A[2], B[[0, 3]] = 0, 0
    close(student.cosine(A, B), reference.cosine(A, B), name="the cosines")
    tiny = student.cosine(1e-6 * A, 1e-6 * B)
    close(tiny, reference.cosine(A, B), name="the cosines of short vectors")


@task("similarity", weight=0.75)
def test_nearest(student, rng):
    """`nearest` finds rows by angle, the best first, whatever their lengths"""
    for V, k in ((9, 4), (14, 6)):
        E = rng.normal(size=(V, 3)) * rng.uniform(0.2, 5, size=(V, 1))
        query = 2 * rng.normal(size=3)
        cosines = [np.cos(angle_between(row, query)) for row in E]
        ranks = {
            "are the lengths divided out?": -E @ query,
            "this is the order of distances: take the angle": np.linalg.norm(E - query, axis=1),
            "these are the least similar rows": np.array(cosines),
        }
        truth = np.argsort(cosines)[::-1].tolist()
        without = [truth[1], truth[3]]
        left = [row for row in truth if row not in without]
        wrong = {text: np.argsort(rank)[:k].tolist() for text, rank in ranks.items()}
        same(rows_of(student.nearest(query, E, k)), truth[:k], wrong, "the list of rows")
        unchanged(student)
        own = rows_of(student.nearest(E[truth[2]], E, 1))
        equal(own, [truth[2]], name="the row nearest to one of the rows, none left out,")
        found = rows_of(student.nearest(query, E, k, without))
        wrong = {
            "those in `without` count among the k": left[: k - 2],
            "is `without` used?": truth[:k],
        }
        same(found, left[:k], wrong, "the list without some of the rows")


def rows_of(value):
    rows = listed(value, "the result")
    if any(isinstance(row, list) for row in rows):
        raise CheckFailed("the result must be a flat list of row numbers")
    return rows


def angle_between(a, b):
    """The angle by the lengths of sum and difference of the unit vectors."""
    a, b = a / np.sqrt(np.sum(a**2)), b / np.sqrt(np.sum(b**2))
    return 2 * np.arctan2(np.sqrt(np.sum((a - b) ** 2)), np.sqrt(np.sum((a + b) ** 2)))


# Task 3, tfidf


@task("tfidf", weight=0.75)
def test_bag(student, rng):
    """`bag_of_words` counts repeated words, leaves others out and keeps to the given columns"""
    columns = {"cow": 3, "ant": 0, "bee": 2, "yak": 1}
    herds = [*HERDS, [], ["ant", "ant", "ant", "gnu"]]
    truth = np.zeros((5, 4))
    for n, herd in enumerate(herds):
        for word, column in columns.items():
            truth[n, column] = herd.count(word)
    mistakes = {
        "a word that occurs twice counts twice": np.minimum(truth, 1),
        "the columns are those that the vocabulary says": truth[:, [3, 0, 2, 1]],
        "the columns are not in the order of the alphabet": truth[:, [0, 2, 3, 1]],
    }
    close(student.bag_of_words(herds, columns), truth, name="the counts", mistakes=mistakes)
    unchanged(student)


@task("tfidf")
@pytest.mark.parametrize("shape", [(5, 7), (8, 3)], ids=str)
def test_tfidf(student, reference, rng, shape):
    """`tfidf` is right for other counts, words that are in every document and in none"""
    D, V = shape
    counts = (rng.integers(1, 5, size=shape) * (rng.random(shape) < 0.5)).astype(float)
    counts[:, 0], counts[:, 1] = rng.integers(1, 4, size=D), 0
    counts[1, 2] = counts[2, 2] = 3
    df = np.array([max(sum(counts[n, w] > 0 for n in range(D)), 1) for w in range(V)])
    totals = np.maximum(counts.sum(axis=0), 1)
    lengths = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    truth = np.array([[counts[n, w] * np.log(D / df[w]) for w in range(V)] for n in range(D)])
    weights = {
        "df is the number of documents, not of occurrences": np.log(D / totals),
        "the logarithm is of D/df, without additions": np.log(D / (1 + df)),
        "this is scikit-learn's formula": np.log((1 + D) / (1 + df)) + 1,
        "the logarithm is of D/df: D is the number of documents, not of words": np.log(V / df),
        "the logarithm is of D/df, not of the total number of words": np.log(counts.sum() / df),
        "the logarithm is missing": D / df,
        "the logarithm is of D/df, nothing is added to it": np.log(D / df) + 1,
        "take the natural logarithm, not that of base 10": np.log10(D / df),
        "take the natural logarithm, not that of base 2": np.log2(D / df),
        "the count is not divided by the length of the document": np.log(D / df) / lengths,
    }
    mistakes = {text: counts * weight for text, weight in weights.items()}
    mistakes["is the count of the word a factor?"] = (counts > 0) * np.log(D / df)
    close(student.tfidf(counts), truth, name="the weights", mistakes=mistakes)
    unchanged(student)
    close(student.tfidf(2 * counts), reference.tfidf(2 * counts), name="the weights")


@task("tfidf", weight=0.75)
def test_own_weight(student, variant):
    """`my_weight` is right for the student's own library"""
    D, df, times = (variant[name] for name in ("documents", "documents_with_word", "times"))
    mistakes = {
        "take the natural logarithm, not that of base 10": times * np.log10(D / df),
        "take the natural logarithm, not that of base 2": times * np.log2(D / df),
        "the number of times is a factor before the logarithm": np.log(D / df),
        "this is scikit-learn's formula": times * (np.log((1 + D) / (1 + df)) + 1),
        "the logarithm is of D/df, nothing is added": times * np.log(D / (1 + df)),
    }
    truth = times * (np.log(D) - np.log(df))
    close(student.get("my_weight"), truth, rtol=1e-4, name="my_weight", mistakes=mistakes)


# Task 4, pairs


def brute_pairs(sentences, reach, *, itself=False):
    """All pairs whose positions are `reach` or less apart; reach: (to the left, to the right)."""
    left, right = reach
    return [
        (a, b)
        for words in sentences
        for i, a in enumerate(words)
        for j, b in enumerate(words)
        if -left <= j - i <= right and (itself or i != j)
    ]


@task("pairs")
@pytest.mark.parametrize("window", [1, 2, 3, 6])
def test_pairs(student, window):
    """The pairs of several sentences are right, words or ids, in order, for this window"""
    texts = (HERDS, [[4, 1, 4, 0, 2], [3], [], [5, 5], [0, 6, 1, 2, 3, 7, 0, 4]])
    for sentences in texts:
        m, joined = window, [[word for words in sentences for word in words]]
        truth = brute_pairs(sentences, (m, m))
        mistakes = {
            "the window has a left side, too": brute_pairs(sentences, (0, m)),
            "the window has a right side, too": brute_pairs(sentences, (m, 0)),
            "a window never reaches into the next sentence": brute_pairs(joined, (m, m)),
            "no word is its own context": brute_pairs(sentences, (m, m), itself=True),
            "the centre comes first in a pair, then its context": [(b, a) for a, b in truth],
            "one word too few on either side": brute_pairs(sentences, (m - 1, m - 1)),
            "one word too few on the right": brute_pairs(sentences, (m, m - 1)),
            "one word too many on either side": brute_pairs(sentences, (m + 1, m + 1)),
            "equal words at different places are a pair": [(a, b) for a, b in truth if a != b],
            "every pair counts, however often it occurs": list(dict.fromkeys(truth)),
        }
        found = as_pairs(student.skip_gram_pairs(sentences, window))
        if found != truth and Counter(found) == Counter(truth) and found not in mistakes.values():
            raise CheckFailed("these are the right pairs, but in another order")
        same(found, truth, mistakes, "the list of pairs")
        unchanged(student)


@task("pairs")
def test_pair_count(student):
    """`pair_count` is right for short and for long windows"""
    for T in range(1, 9):
        for m in (1, 2, 3, 5, 7, 8, 11):
            truth = len(brute_pairs([list(range(T))], (m, m)))
            long = 2 * m * T - m * (m + 1)
            mistakes = {
                "the ends of the sentence cut the window off": 2 * m * T,
                "both sides of the window count": truth // 2,
                "this holds for T > m only: what if the window is longer than the sentence?": long,
            }
            same(int_of(student.pair_count(T, m)), truth, mistakes, "the number of pairs")


@task("pairs", weight=0.5)
def test_pair_count_of_a_long_text(student):
    """`pair_count` is exact for sentences and windows up to 10**9, and quick"""
    for T, m in ((10**9 - 2, 10**9), (10**9 - 4, 4 * 10**8 + 1), (10**6 + 3, 5)):
        truth = sum((2 * T - 1, -min(m, T - 1))) * min(m, T - 1)
        equal(int_of(student.pair_count(T, m)), truth, name="the number of pairs")


def int_of(value):
    """A whole number; 30.0 is one, too."""
    shaped(value, (), name="the number of pairs")
    number = np.asarray(value).item()
    if number != int(number):
        raise CheckFailed("the number of pairs is not a whole number")
    return int(number)


# Tasks 5, 6 and 9: three losses with their gradients


def slopes(loss, W, U, *batch):
    """(loss, dW, dU) of a torch loss by autograd, in float64."""
    leaves = [torch.tensor(M, dtype=torch.float64, requires_grad=True) for M in (W, U)]
    value = loss(*leaves, *batch)
    return value.item(), *(g.numpy() for g in torch.autograd.grad(value, leaves))


def exchanged(loss, W, U, *batch):
    """The same with the two matrices exchanged."""
    value, dW, dU = slopes(loss, U, W, *batch)
    return value, dU, dW


def last_only(parts, shape):
    """Rows of which each holds the last of the (id, vector) parts that should be added there."""
    rows = np.zeros(shape)
    for i, vector in parts:
        rows[i] = vector
    return rows


REPEATED = (
    "a word that occurs more than once must collect all its gradients: += keeps only the last"
)


def compare(result, part, truth, N, mistakes):
    """Compare one of loss, dW, dU with its truth; a mistake may be None in parts it leaves alone."""
    at = PARTS.index(part)
    known = {text: wrong[at] for text, wrong in mistakes.items() if wrong[at] is not None}
    name = "the loss" if part == "loss" else part
    close(part_of(result, part), truth[at], N=N, name=name, mistakes=known)


SOFTMAX_STEPS = following(
    SOFTMAX,
    db_dv="U.T @ t",
    da_dz="p",
    da_dv="U.T @ da_dz",
    dl_dv="da_dv - db_dv",
    dl_dz="da_dz - t",
    dl_dU="outer(dl_dz, v)",
)


@task("softmax", weight=0.5)
@pytest.mark.parametrize("line", SOFTMAX_STEPS.names)
def test_softmax_step(student, line):
    """The line is right, given the lines above it"""
    SOFTMAX_STEPS.check(student.get("softmax_lines"), line)


def softmax_mistakes(W, U, c, o):
    """What known slips make of (loss, dW, dU)."""
    truth, B = slopes(softmax_loss, W, U, c, o), len(c)
    one_by_one = [slopes(softmax_loss, W, U, c[n : n + 1], o[n : n + 1])[1] / B for n in range(B)]
    last = last_only([(i, dW[i]) for i, dW in zip(c, one_by_one, strict=True)], W.shape)
    seen = np.zeros(U.shape)
    np.add.at(seen, o, -W[c] / B)
    swapped = "does W hold the vectors of the centres, U those of the contexts?"
    return {  # public
        "are centre and context swapped?": slopes(softmax_loss, W, U, o, c),
        swapped: exchanged(softmax_loss, W, U, c, o),
        REPEATED: (None, last, None),
        "only the words that were seen are moved: every row of U is": (None, None, seen),
        "is the context that was seen taken off?": (None, None, truth[2] - seen),
    }


@task("softmax")
@pytest.mark.parametrize("part", PARTS)
def test_softmax(student, rng, part):
    """This part of (loss, dW, dU) agrees with autograd for 8 pairs with repeated words"""
    W, U = little_words(rng, 6, 4)
    c, o = np.array([3, 1, 3, 0, 5, 3, 1, 4]), np.array([2, 2, 5, 3, 2, 2, 0, 1])
    result = student.softmax_gradients(W, U, c, o)
    unchanged(student)
    truth = slopes(softmax_loss, W, U, c, o)
    compare(result, part, truth, 8, softmax_mistakes(W, U, c, o))


@task("softmax")
@pytest.mark.parametrize("size", [(1, 4, 2), (9, 2, 5), (3, 7, 1)], ids=str)
def test_softmax_of_other_sizes(student, reference, rng, size):
    """Loss and gradients are right for B pairs, V words and vectors of length d"""
    B, V, d = size
    W, U = little_words(rng, V, d)
    batch = rng.integers(V, size=(2, B))
    truth = reference.softmax_gradients(W, U, *batch)
    close(repeatable(student.softmax_gradients, W, U, *batch), truth, N=B, name="(loss, dW, dU)")


FAR = np.array([[100.0], [-99.0], [0.5]]), np.array([[10.0], [-9.0], [9.99]])


@task("softmax", weight=0.5)
@pytest.mark.parametrize("part", PARTS)
def test_softmax_of_large_scores(student, part):
    """Scores up to ±1000 give finite numbers, and the right ones"""
    batch = np.array([0, 1, 0, 2]), np.array([2, 0, 1, 1])
    result = student.softmax_gradients(*FAR, *batch)
    compare(result, part, slopes(softmax_loss, *FAR, *batch), 4, {})


NEGATIVE_STEPS = following(
    NEGATIVE,
    dl_ds="-1/(1 + exp(s))",
    dl_dr="1/(1 + exp(-r))",
    dl_dv="u*dl_ds + N.T @ dl_dr",
    dl_du="v*dl_ds",
    dl_dN="outer(dl_dr, v)",
)


@task("negative", weight=0.5)
@pytest.mark.parametrize("line", NEGATIVE_STEPS.names)
def test_negative_step(student, line):
    """The line is right, given the lines above it"""
    NEGATIVE_STEPS.check(student.get("negative_lines"), line)


def faulty_loss(W, U, c, o, negatives, own=1.0, scale=1.0, sign=-1.0):
    """The loss of task 6 with another weight of its parts, or another sign in the second."""
    v, log = W[torch.tensor(c)][:, None], torch.nn.functional.logsigmoid
    true, made_up = ((U[torch.tensor(ids)] * v).sum(dim=2) for ids in (o[:, None], negatives))
    return -(own * log(true).sum() + scale * log(sign * made_up).sum()) / len(c)


def last_of_a_batch(W, U, c, o, negatives):
    """Gradients where only the last one of each word is kept."""
    dW, dU, B = [], [], len(c)
    for n in range(B):
        one = c[n : n + 1], o[n : n + 1], negatives[n : n + 1]
        dW.append((c[n], slopes(negative_loss, W, U, *one)[1][c[n]] / B))
        for i, label in ((o[n], 1), *((i, 0) for i in negatives[n])):
            dU.append((i, (1 / (1 + np.exp(-U[i] @ W[c[n]])) - label) * W[c[n]] / B))
    return None, last_only(dW, W.shape), last_only(dU, U.shape)


NEGATIVE_SLIPS = {
    "does the score of a negative have a minus sign?": {"sign": 1.0},
    "the negatives of a pair are added up, not averaged": {"scale": 0.25},
    "do the negatives take part?": {"scale": 0.0},
    "is the second part of the loss subtracted, not added?": {"scale": -1.0},
    "does the true context take part?": {"own": 0.0},
}


@task("negative")
@pytest.mark.parametrize("part", PARTS)
def test_negative(student, rng, part):
    """This part of (loss, dW, dU) agrees with autograd, words repeated in all places"""
    W, U = little_words(rng, 7, 3)
    c, o = np.array([3, 1, 3, 6, 1]), np.array([2, 0, 2, 5, 4])
    made_up = [[0, 1, 0, 4], [2, 6, 5, 1], [4, 2, 1, 2], [5, 5, 3, 6], [1, 0, 4, 3]]
    batch = c, o, np.array(made_up)
    found = student.negative_gradients(W, U, *batch)
    unchanged(student)
    mistakes = {
        text: slopes(lambda W, U, slip=slip: faulty_loss(W, U, *batch, **slip), W, U)
        for text, slip in NEGATIVE_SLIPS.items()
    }
    mistakes["are centre and context swapped?"] = slopes(negative_loss, W, U, o, c, batch[2])
    mistakes[REPEATED] = last_of_a_batch(W, U, *batch)
    compare(found, part, slopes(negative_loss, W, U, *batch), 5, mistakes)


@task("negative")
@pytest.mark.parametrize("size", [(1, 5, 4, 2), (8, 1, 3, 5), (4, 3, 9, 1)], ids=str)
def test_negative_of_other_sizes(student, reference, rng, size):
    """Loss and gradients are right for B pairs, K negatives, V words and vectors of length d"""
    B, K, V, d = size
    W, U = little_words(rng, V, d)
    batch = (*rng.integers(V, size=(2, B)), rng.integers(V, size=(B, K)))
    truth = reference.negative_gradients(W, U, *batch)
    close(repeatable(student.negative_gradients, W, U, *batch), truth, N=B, name="(loss, dW, dU)")


@task("negative", weight=0.5)
@pytest.mark.parametrize("part", PARTS)
def test_negative_of_large_scores(student, part):
    """Scores up to ±1000 give finite numbers, and the right ones"""
    batch = np.array([0, 1, 2]), np.array([1, 1, 0]), np.array([[0, 2], [0, 2], [1, 2]])
    result = student.negative_gradients(*FAR, *batch)
    compare(result, part, slopes(negative_loss, *FAR, *batch), 3, {})


# Task 7, noise


@task("noise")
@pytest.mark.parametrize("power", [None, 0.4, 1.0, 0.0])
def test_noise(student, reference, rng, power):
    """`noise_distribution` is right for other counts, with this power"""
    counts = rng.integers(1, 400, size=9).astype(float)
    exponent = 0.75 if power is None else power
    truth = np.exp(exponent * np.log(counts))
    truth /= truth.sum()
    mistakes = {
        "these are the counts themselves, scaled: the power is missing": counts / counts.sum(),
        "this is the uniform distribution": np.full(9, 1 / 9),
        "first the power, then the scaling": (counts / counts.sum()) ** exponent,
        "is the sum 1?": counts**exponent,
        "is the power the argument `power`, by default 0.75?": counts**0.75 / (counts**0.75).sum(),
    }
    found = student.noise_distribution(counts, **({} if power is None else {"power": power}))
    close(found, truth, name="the noise", mistakes=mistakes if 0 < exponent < 1 else None)
    unchanged(student)
    whole = student.noise_distribution(counts.astype(int))
    close(whole, reference.noise_distribution(counts), name="the noise of whole counts")


def chi_square(seen, expected):
    """The chance of counts as far from what is expected, or farther; where 0 is expected, 0 is."""
    seen, expected = np.ravel(seen), np.ravel(expected)
    some = expected > 0
    if np.any(seen[~some]):
        return 0.0
    statistic = np.sum((seen[some] - expected[some]) ** 2 / expected[some])
    half = torch.tensor([(some.sum() - 1) / 2, statistic / 2], dtype=torch.float64)
    return float(torch.special.gammaincc(half[0], half[1]))


NOISE = np.array([0.28, 0.05, 0.22, 0.0, 0.15, 0.3])


def drawn(student, contexts, K, seed, noise=NOISE):
    """Draws of the student's, of the right form and without the context words."""
    found = student.draw_negatives(contexts, K, noise, seed=seed)
    unchanged(student)
    ids = ids_of(found, (len(contexts), K), len(noise))
    if np.any(ids == contexts[:, None]):
        raise CheckFailed("a pair has its own context word among its negatives")
    if np.any(noise[ids] == 0):
        raise CheckFailed("a word came up whose noise is 0")
    return ids


def without(noise, word):
    """The noise, given that it is not this word."""
    left = np.where(np.arange(len(noise)) == word, 0.0, noise)
    return left / left.sum()


@task("noise", weight=2)
@pytest.mark.parametrize("context", [5, 1])
def test_negatives_follow_the_noise(student, rng, context):
    """Draws for this context word follow the noise without it (χ², false alarm 1e-6)"""
    contexts = np.tile([context, 0], 4000)
    ids = drawn(student, contexts, 3, int(rng.integers(10**6)))[::2]
    seen, p = np.bincount(ids.ravel(), minlength=6), without(NOISE, context)
    if chi_square(seen, ids.size * p) > FALSE_ALARM:
        return
    others = {
        "these are uniform draws: is the noise used?": without((NOISE > 0) * 1.0, context),
        "the ¾ is in the noise already": without(NOISE**0.75, context),
    }
    for text, q in others.items():
        if chi_square(seen, ids.size * q) > FALSE_ALARM:
            raise CheckFailed(f"the negatives have the wrong distribution: {text}")
    raise CheckFailed("the negatives do not follow the noise: draw again until it is another word")


@task("noise")
@pytest.mark.parametrize("pair", ["one row", "one column", "a diagonal"])
def test_negatives_are_independent(student, rng, pair):
    """Draws of one row, of one column or beside each other are independent (χ², 1e-6)"""
    contexts = np.full(6000, 2)
    ids = drawn(student, contexts, 2, int(rng.integers(10**6)))
    first = ids[::2, 1] if pair == "a diagonal" else ids[::2, 0]
    second = ids[::2, 1] if pair == "one row" else ids[1::2, 0]
    seen = np.zeros((6, 6))
    np.add.at(seen, (first, second), 1)
    p = without(NOISE, 2)
    if chi_square(seen, len(first) * np.outer(p, p)) <= FALSE_ALARM:
        where = "of the same pair" if pair == "one row" else "of different pairs"
        often = "rarely" if np.trace(seen) < len(first) * np.sum(p**2) else "often"
        raise CheckFailed(f"two negatives {where} are not independent: they are equal too {often}")


@task("noise", weight=0.5)
def test_negatives_by_seed(student, rng):
    """The same seed gives the same draws, another seed others; two words are enough"""
    contexts = rng.integers(6, size=40)
    first = repeatable(student.draw_negatives, contexts, 7, NOISE, 11)
    if np.array_equal(first, drawn(student, contexts, 7, 12)):
        raise CheckFailed("two seeds give the same draws: is the seed used?")
    two = drawn(student, np.array([1, 4, 1, 1]), 5, 3, np.array([0, 0.9, 0, 0, 0.1, 0]))
    equal(two, np.array([[4], [1], [4], [4]]).repeat(5, axis=1), name="the draws from two words")
    for seed in range(6):
        one = drawn(student, np.array([1]), 1, seed, np.array([0.1, 0.9]))
        equal(one, [[0]], name="the only draw, of two words of which one is the context,")


# Task 8, subsample


@task("subsample")
@pytest.mark.parametrize("threshold", [0.3, 0.02])
def test_keep_probability(student, reference, rng, threshold):
    """`keep_probability` is right for frequent and for rare words"""
    counts = np.array([900.0, 450, 60, 30, 7, 2]) + rng.integers(1, 9, size=6)
    share = counts / counts.sum()
    root = np.sqrt(threshold / share)
    truth = np.array([r if r < 1 else 1.0 for r in root])
    of_largest = threshold * counts.max() / counts
    mistakes = {
        "this is the probability of being thrown out": 1 - truth,
        "a probability is at most 1": root,
        "is the root missing?": np.minimum(1, threshold / share),
        "the share is the count divided by the sum of all counts": least(threshold / counts),
        "this is the formula of the program, not of the paper": np.minimum(1, root + root**2),
        "is it f/t, not t/f?": np.minimum(1, 1 / root),
        "the share is of the whole text, not of the most frequent word": least(of_largest),
    }
    found = student.keep_probability(counts, threshold)
    close(found, truth, name="the probabilities", mistakes=mistakes)
    unchanged(student)
    again = student.keep_probability(10 * counts, threshold)
    ours = reference.keep_probability(counts, threshold)
    close(again, ours, name="the probabilities of a longer text")


def least(squares):
    """The smaller one of 1 and a root, entry by entry."""
    return np.minimum(1, np.sqrt(squares))


@task("subsample", weight=2)
def test_subsample(student, rng):
    """Each occurrence stays with its probability, by itself and in its place (χ², 1e-6)"""
    keep = np.array([0.3, 0.8, 1.0, 0.55])
    sentences = [[0, 2, 1], [1, 0, 2, 0, 3], [3, 1]] * 1200
    left = listed(student.subsample(sentences, keep, seed=int(rng.integers(10**6))), "the result")
    unchanged(student)
    equal(len(left), len(sentences), name="the number of sentences")
    patterns = {}
    for words, rest in zip(sentences, left, strict=True):
        patterns.setdefault(tuple(words), Counter())[tuple(rest)] += 1
    for words, seen in patterns.items():
        # What each of the 2 ** len(words) outcomes gives, and how probable it is.
        due = Counter()
        for stays in np.ndindex(*[2] * len(words)):
            throws = list(zip(words, stays, strict=True))
            rest = tuple(w for w, stay in throws if stay)
            due[rest] += 1200 * np.prod([keep[w] if stay else 1 - keep[w] for w, stay in throws])
        if any(rest not in due for rest in seen):
            raise CheckFailed("what is left of a sentence is not part of it, in its order")
        counts = np.array([[seen[rest], due[rest]] for rest in due])
        if chi_square(*counts.T) <= FALSE_ALARM / 3:
            raise CheckFailed(wrong_share(sentences, left, keep))


def wrong_share(sentences, left, keep):
    """Say what is wrong with the words that were left."""
    total, stayed = (Counter(i for words in text for i in words) for text in (sentences, left))
    shares = np.array([stayed[i] / total[i] for i in range(4)])
    if np.abs(shares - keep).max() < 0.04:
        return "words stay as often as they should, but not independently: one throw for each occurrence"
    if np.abs(shares - (1 - keep)).max() < 0.04:
        return "words are thrown out with the probability with which they should stay"
    return "words do not stay with their probability"


@task("subsample", weight=0.5)
def test_subsample_by_seed(student):
    """The same seed leaves the same words, another seed others; empty sentences stay"""
    keep, sentences = np.array([0.5, 0.4, 0.7]), [[0, 1, 2, 0, 1, 2, 2, 1, 0], [], [1, 0] * 9]
    first = listed(repeatable(student.subsample, sentences, keep, 5), "the result")
    equal([len(first), first[1]], [3, []], name="[the number of sentences, the empty one]")
    if first == listed(student.subsample(sentences, keep, 6), "the result"):
        raise CheckFailed("two seeds leave the same words: is the seed used?")


# Task 9, cbow


def summed(rows):
    return rows.sum(dim=0)


def whole_share(rows):
    """The average forwards, the sum backwards."""
    return rows.sum(dim=0) + (rows.mean(dim=0) - rows.sum(dim=0)).detach()


def first_word(rows):
    return rows[0]


def faulty_cbow(h_of):
    """The loss of task 9 with another h."""

    def loss(W, U, contexts, centres):
        h = torch.stack([h_of(W[context]) for context in contexts])
        return torch.nn.functional.cross_entropy(h @ U.T, torch.tensor(centres))

    return loss


def last_of_contexts(W, U, contexts, centres):
    """Gradients where only the last one of each word is kept, in each context."""
    total = np.zeros(W.shape)
    for context, centre in zip(contexts, centres, strict=True):
        dW = slopes(cbow_loss, W, U, [context], [centre])[1] / len(contexts)
        total += last_only([(i, dW[i] / context.count(i)) for i in context], W.shape)
    return None, total, None


@task("cbow")
@pytest.mark.parametrize("part", PARTS)
def test_cbow(student, rng, part):
    """This part of (loss, dW, dU) agrees with autograd; contexts of 1 to 5 words, some twice"""
    W, U = little_words(rng, 8, 4)
    contexts, centres = [[1, 5, 1, 7], [2], [5, 3, 0, 1, 5], [6, 2, 4]], np.array([3, 0, 3, 7])
    result = student.cbow_gradients(W, U, contexts, centres)
    unchanged(student)
    batch, once = (contexts, centres), [list(dict.fromkeys(words)) for words in contexts]
    averaged = "the vectors of the context are averaged, not added up"
    share = "does each context word get its share, 1/C, of the gradient?"
    first = "is only the first context word used?"
    matrices = "the context words are rows of W, the centre is one of U"
    mistakes = {
        averaged: slopes(faulty_cbow(summed), W, U, *batch),
        share: slopes(faulty_cbow(whole_share), W, U, *batch),
        first: slopes(faulty_cbow(first_word), W, U, *batch),
        matrices: exchanged(cbow_loss, W, U, *batch),
        "a word that stands twice counts twice": slopes(cbow_loss, W, U, once, centres),
        REPEATED: last_of_contexts(W, U, *batch),
    }
    compare(result, part, slopes(cbow_loss, W, U, *batch), 4, mistakes)


@task("cbow", weight=0.5)
@pytest.mark.parametrize("size", [(1, 3, 2), (6, 5, 3)], ids=str)
def test_cbow_of_other_sizes(student, reference, rng, size):
    """Loss and gradients are right for B examples, V words and vectors of length d"""
    B, V, d = size
    W, U = little_words(rng, V, d)
    contexts = [rng.integers(V, size=2 + n).tolist() for n in range(B)]
    batch = (contexts, rng.integers(V, size=B))
    truth = reference.cbow_gradients(W, U, *batch)
    close(repeatable(student.cbow_gradients, W, U, *batch), truth, N=B, name="(loss, dW, dU)")


@task("cbow", weight=0.5)
def test_cbow_of_large_scores(student):
    """Scores up to ±1000 give finite numbers, and the right ones"""
    W, U = np.array([[100.0], [-99.0], [99.0]]), FAR[1]
    batch = [[0, 2], [1], [0]], np.array([2, 0, 1])
    truth = slopes(cbow_loss, W, U, *batch)
    close(student.cbow_gradients(W, U, *batch), truth, N=3, name="(loss, dW, dU)")


# Task 10, train


@task("train")
@pytest.mark.parametrize("size", [(3, 40), (6, 25)], ids=str)
def test_conditional_entropy(student, reference, rng, size):
    """`conditional_entropy` is right for other pairs"""
    V, P = size
    pairs = rng.integers(V, size=(P, 2)) // [1, 2] + [0, 10]
    n = np.zeros((V, V + 10))
    for c, o in pairs:
        n[c, o] += 1
    given = n / np.maximum(n.sum(axis=1, keepdims=True), 1)
    terms = -np.log(np.where(n > 0, given, 1))
    truth = np.sum(n * terms) / P
    p, q = n[n > 0] / P, n.sum(axis=0)[n.sum(axis=0) > 0] / P
    backwards = -np.sum(n * np.log(np.where(n > 0, n / np.maximum(n.sum(axis=0), 1), 1))) / P
    plain_mean = np.sum(given * terms) / np.sum(n.sum(axis=1) > 0)
    mistakes = {
        "this is the entropy of the pairs: divide by the count of the centre": -p @ np.log(p),
        "this is the entropy of the contexts, whatever the centre": -q @ np.log(q),
        "take the natural logarithm": truth / np.log(2),
        "are centre and context swapped?": backwards,
        "frequent centres weigh more: is this the plain mean over the centres?": plain_mean,
        "every pair counts as often as it occurs": np.sum((n > 0) * terms) / np.sum(n > 0),
    }
    close(student.conditional_entropy(pairs), truth, name="the entropy", mistakes=mistakes)
    unchanged(student)
    twice = student.conditional_entropy(np.concatenate([pairs, pairs]))
    close(twice, reference.conditional_entropy(pairs), name="the entropy of all pairs twice")


class Spy:
    """Gradients that do not depend on anything, and a record of what was asked."""

    def __init__(self, rng, size, d):
        self.slopes = rng.normal(size=(2, size, d))
        self.asked = []

    def __call__(self, W, U, centres, contexts):
        batch = np.column_stack([np.asarray(centres), np.asarray(contexts)])
        self.asked.append((np.array(W), np.array(U), batch))
        return 1.0, *self.slopes


def spied(student, rng, P, seed, *, size=5, d=3, **settings):
    """Run `train` with a spy on P pairs, no two of them equal."""
    pairs = rng.permutation([(i, j) for i in range(size) for j in range(size)])[:P]
    spy = Spy(rng, size, d)
    result = student.train(spy, pairs, size, d, seed, **settings)
    unchanged(student)
    return pairs, spy, two_matrices(result, size, d)


@task("train")
@pytest.mark.parametrize("setting", [(20, 3, 6, 0.8), (12, 2, 4, 1.7), (9, 4, 50, 0.3)], ids=str)
def test_rates(student, rng, setting):
    """Of P pairs, epochs and batches, each step moves W and U at its own rate, down to nearly 0"""
    check_rates(student, rng, *setting)


def check_rates(student, rng, P, epochs, batch, rate):
    pace = {"epochs": epochs, "batch": batch, "learning_rate": rate}
    _, spy, last = spied(student, rng, P, 3, **pace)
    steps = epochs * ((P + batch - 1) // batch)
    equal(len(spy.asked), steps, name="the number of steps")
    course = [*(seen[:2] for seen in spy.asked), last]
    due = np.array([(steps - step) / steps for step in range(steps)])
    epoch = np.arange(steps) // (steps // epochs)
    paces = {
        "the rate stays the same: it should fall in a straight line": 0 * due + 1,
        "the first step has the whole rate, the count begins with 0": due - 1 / steps,
        "the rate falls from step to step, not from epoch to epoch": 1 - epoch / epochs,
        "the rate falls with the steps, not with the pairs": 1
        - batch * (1 - due) * steps / epochs / P,
        "the gradients go uphill: subtract them": -due,
    }
    mistakes = {text: -rate * pace for text, pace in paces.items()}
    for which, name in enumerate("WU"):
        places = np.stack([both[which] for both in course])
        moves, slope = np.diff(places, axis=0), spy.slopes[which]
        length = np.sum(moves * slope, axis=(1, 2)) / np.sum(slope**2)
        what = f"the length of the steps of {name}"
        close(length, -rate * due, rtol=1e-6, name=what, mistakes=mistakes)
        close(moves, np.multiply.outer(-rate * due, slope), rtol=1e-6, name=f"the steps of {name}")


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
    wanted = sorted(map(tuple, pairs.tolist()))
    for epoch in rows.tolist():
        got = sorted(map(tuple, epoch))
        if sorted((b, a) for a, b in got) == wanted != got:
            raise CheckFailed("centres and contexts are swapped")
        if got != wanted:
            raise CheckFailed("an epoch does not go through every pair exactly once")
    if np.array_equal(rows[0], pairs):
        raise CheckFailed("the pairs are not shuffled")
    if any(np.array_equal(rows[0], epoch) for epoch in rows[1:]):
        raise CheckFailed("every epoch has the same order: shuffle anew")


@task("train")
@pytest.mark.parametrize("scale", [None, 1.4])
def test_start(student, rng, scale):
    """W and U start as `scale` times standard normal numbers, by the seed (χ², 1e-6)"""
    settings = {"epochs": 1, "batch": 9} | ({} if scale is None else {"scale": scale})
    starts = []
    for seed in (4, 5, 4):
        _, spy, _ = spied(student, rng, 9, seed, size=40, d=15, **settings)
        starts.append(np.stack(spy.asked[0][:2]))
    close(starts[2], starts[0], name="the start with the same seed")
    if np.array_equal(starts[0], starts[1]):
        raise CheckFailed("two seeds give the same start: is the seed used?")
    if np.array_equal(*starts[0]):
        raise CheckFailed("W and U start as the same matrix: draw both")
    z = np.concatenate(starts[:2]) / (scale or 0.5)
    spread = np.sum(z**2)
    chance = torch.special.gammaincc(*torch.tensor([z.size / 2, spread / 2], dtype=torch.float64))
    # Eight classes of the normal distribution that are equally likely.
    limits = np.sqrt(2) * torch.erfinv(torch.arange(-3, 4, dtype=torch.float64) / 4).numpy()
    classes = np.bincount(np.searchsorted(limits, z.ravel()), minlength=8)
    right_size = FALSE_ALARM < float(chance) < 1 - FALSE_ALARM
    if not right_size or chi_square(classes, np.full(8, z.size / 8)) < FALSE_ALARM:
        detail = f"the root of the mean square is {np.sqrt(spread / z.size):.3g} · scale"
        raise CheckFailed("the start is not `scale` times standard normal", detail=detail)


ENVELOPES = Path(__file__).parent / "reference" / "cpu.json"
FEATURES = [(a, b) for a in range(2) for b in range(3)] + [(0, 1), (1, 2)]
LANGUAGE = 18


def planted(number=900, seed=77):
    """Pairs of a language with planted structure, as ids that nobody can have by heart.

    Eight things have a colour of two and a form of three, the last two being synonyms of others. A
    sentence is a sign of the colour, the thing, a sign of the form, in 9 of 10 cases the right one; all
    three are in one window. Returns pairs (6 * number, 2) and the id of each thing.
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
    return generator.permutation(np.concatenate(pairs)), ids[:8]


def relations(W, things):
    """The share of planted synonyms that are nearest neighbours, and of analogies that hold."""
    E = W / np.linalg.norm(W, axis=1, keepdims=True)
    name = dict(zip(FEATURES[:6], things[:6], strict=True))
    # The first of two synonyms stands for both.
    first = {things[6]: things[1], things[7]: things[5]}
    right = []
    for a, b in first.items():
        for x, y in ((a, b), (b, a)):
            right.append(np.argmax(np.where(np.arange(LANGUAGE) == x, -9, E @ E[x])) == y)
    for f in range(3):
        for g in set(range(3)) - {f}:
            a, b, c, d = name[0, f], name[0, g], name[1, g], name[1, f]
            score = E @ (W[a] - W[b] + W[c])
            score[[a, b, c]] = -np.inf
            found = int(np.argmax(score))
            right.append(first.get(found, found) == d)
    return float(np.mean(right))


def by_hand(W, U, centres, contexts):
    """The loss of task 5 and its gradients without autograd, which takes longer."""
    hot, n = np.eye(len(W))[centres], np.arange(len(centres))
    powers = np.exp(W @ U.T)
    G = (powers / powers.sum(axis=1, keepdims=True))[centres]
    G[n, contexts] -= 1
    G /= len(n)
    return 0.0, hot.T @ (G @ U), G.T @ W[centres]


def ends(train, seed, what):
    """What a run of `train` ends with: its loss, or the share of planted relations that hold."""
    pairs, things = planted()
    pace = {"epochs": 2, "batch": 80}
    W, U = two_matrices(train(by_hand, pairs, LANGUAGE, 6, seed, **pace), LANGUAGE, 6)
    return float(softmax_loss(W, U, *pairs.T)) if what == "loss" else relations(W, things)


@task("train")
@pytest.mark.parametrize("what", ["loss", "relations"])
def test_training(student, rng, what):
    """On a planted language the loss comes near its floor; synonyms and analogies are found"""
    # What goes wrong at every step is seen in a few, and can be compared with known mistakes.
    check_rates(student, rng, 10, 2, 4, 0.6)
    envelope = convergence.read(ENVELOPES, what)
    convergence.check(lambda seed: ends(student.train, seed, what), envelope, name="`train`")
