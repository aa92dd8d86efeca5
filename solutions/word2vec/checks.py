"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with numerical differences of a loss, with numbers worked out by
hand or with properties. When we mark, these checks run again, and others with other inputs.
"""

import numpy as np
import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Derivation,
    Line,
    close,
    draw,
    equal,
    gradient,
    shaped,
    task,
    unpack,
)

SALT = "word2vec-2026"

FOX = "The quick brown fox jumps over the lazy dog."
FOX_IDS = [0, 7, 1, 3, 4, 6, 0, 5, 2]
TERMS = {"the": 0, "red": 1, "dog": 2, "cat": 3, "eats": 4, "food": 5}
LIBRARY = ["the red dog", "cat eats dog", "dog eats food", "red cat eats"]
TABLE = np.array([[1, 1, 1, 0, 0, 0], [0, 0, 1, 1, 1, 0], [0, 0, 1, 0, 1, 1], [0, 1, 0, 1, 1, 0]])


def listed(value, name):
    """Insist on a list (or tuple, or array) of lists, and return it as lists."""
    rows = value.tolist() if isinstance(value, np.ndarray | torch.Tensor) else value
    if not isinstance(rows, list | tuple):
        raise CheckFailed(f"{name} must be a list")
    return [list(row) if isinstance(row, list | tuple | np.ndarray) else row for row in rows]


# 1 text


@task("text", weight=0.5)
def test_words_of_the_fox(student):
    """`tokenize` makes one sentence of nine words of the fox"""
    words = ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog"]
    equal(listed(student.tokenize(FOX), "the result"), [words], name="the sentences")


@task("text", weight=0.5)
def test_sentences(student):
    """`tokenize` ends sentences at . ! and ?, and splits words at everything else"""
    sentences = student.tokenize("Stop! Don't eat 2 red-hot pies... OK?\nNo")
    expected = [["stop"], ["don", "t", "eat", "red", "hot", "pies"], ["ok"], ["no"]]
    equal(listed(sentences, "the result"), expected, name="the sentences")


@task("text", weight=0.5)
def test_vocabulary_of_the_fox(student):
    """`build_vocabulary`: "the" is the most frequent word of the fox, the others are in order"""
    sentence = FOX.lower().strip(".").split()
    expected = dict(zip(sentence, FOX_IDS, strict=True))
    equal(student.build_vocabulary([sentence]), expected, name="the vocabulary")


@task("text", weight=0.5)
def test_ids(student):
    """`encode` puts ids in the place of words, and `one_hot` rows in the place of ids"""
    ids = student.encode([["red", "dog", "barks"], ["food"]], TERMS)
    equal(listed(ids, "the result"), [[1, 2], [5]], name="the ids")
    rows = [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]]
    close(student.one_hot([2, 0, 2], 4), rows, name="the rows")


# 2 similarity


@task("similarity")
def test_cosines_by_hand(student):
    """`cosine` of vectors with lengths 5, 13 and 0 with vectors of lengths 1 and 2"""
    A, B = np.array([[3.0, 4.0], [-5.0, 12.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [0.0, -2.0]])
    hand = [[3 / 5, -4 / 5], [-5 / 13, -12 / 13], [0, 0]]
    close(student.cosine(A, B), hand, name="the cosines")


@task("similarity")
def test_neighbours_on_a_circle(student):
    """`nearest` puts directions of 10, 40, 75 and 140 degrees in the right order around 50"""
    angles = np.radians([140, 10, 75, 40])
    E = np.column_stack([np.cos(angles), np.sin(angles)]) * np.array([[3.0], [1], [0.5], [2]])
    query = np.array([np.cos(np.radians(50)), np.sin(np.radians(50))])
    equal(student.nearest(query, E, 3), [3, 2, 1], name="the three nearest")
    equal(student.nearest(query, E, 2, without=[3]), [2, 1], name="the two nearest without row 3")


# 3 tfidf


@draw("tfidf")
def own_library(rng):
    """Draw a library in which no two numbers are equal."""
    documents, holding = int(rng.integers(40, 90)), int(rng.integers(8, 20))
    return {
        "documents": documents,
        "documents_with_word": holding,
        "times": int(rng.integers(2, 7)),
    }


@task("tfidf", weight=0.5)
def test_table_of_the_notes(student):
    """`bag_of_words` gives the notes' table of 4 documents and 6 words"""
    counts = student.bag_of_words([text.split() for text in LIBRARY], TERMS)
    close(counts, TABLE, name="the counts")


@task("tfidf", weight=0.5)
def test_weights_of_the_notes_table(student):
    """`tfidf` of that table: the words get 1.3863, 0.6931 or 0.2877"""
    logs = [1.3862944, 0.6931472, 0.2876821, 0.6931472, 0.2876821, 1.3862944]
    close(student.tfidf(TABLE.astype(float)), TABLE * logs, rtol=1e-6, name="the weights")


@task("tfidf", weight=0.5)
def test_own_word(student, variant):
    """`my_weight` fits your own library"""
    weight = student.get("my_weight")
    if weight is None:
        raise CheckFailed("not answered yet: `my_weight` is None")
    shaped(weight, (), name="my_weight")
    ratio = np.exp(float(weight) / variant["times"])
    documents = ratio * variant["documents_with_word"]
    name = "documents_with_word · exp(my_weight / times), which is the number of documents,"
    close(documents, variant["documents"], rtol=3e-4, name=name)


# 4 pairs


def as_pairs(value):
    """The answer of `skip_gram_pairs` as a list of tuples."""
    pairs = listed(value, "the result")
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise CheckFailed("the result must be a list of pairs (centre, context)")
    return [tuple(pair) for pair in pairs]


@task("pairs")
def test_pairs_of_the_fox(student):
    """`skip_gram_pairs` begins as the notes do and finds 30 pairs in the fox"""
    pairs = as_pairs(student.skip_gram_pairs([FOX.lower().strip(".").split()], 2))
    expected = "the quick, the brown, quick the, quick brown, quick fox, brown the, brown quick"
    equal(pairs[:7], [tuple(pair.split()) for pair in expected.split(", ")], name="the first pairs")
    equal(len(pairs), 30, name="the number of pairs")


@task("pairs")
def test_number_of_pairs(student):
    """`pair_count` is 30 for 9 words and 14 for 5, each with a window of 2"""
    equal(student.pair_count(9, 2), 30, name="pair_count(9, 2)")
    equal(student.pair_count(5, 2), 14, name="pair_count(5, 2)")


# 5 softmax

SOFTMAX = Derivation(
    given={"U": (5, 3), "v": (3,), "t": lambda rng: np.eye(5)[rng.integers(5)]},
    forward={
        "z": "U @ v",
        "p": "softmax(z)",
        "a": "log(sum(exp(z)))",
        "b": "dot(t, z)",
        "loss": "a - b",
    },
    lines=[
        Line("db_dv", derivative=("b", "v")),
        Line("da_dz", derivative=("a", "z"), symbols={"p", "t"}),
        Line("da_dv", derivative=("a", "v")),
        Line("dl_dv", derivative=("loss", "v")),
        Line("dl_dz", derivative=("loss", "z"), symbols={"p", "t"}),
        Line("dl_dU", derivative=("loss", "U")),
    ],
)
PARTS = ("loss", "dW", "dU")


def tensor(value):
    return value if isinstance(value, torch.Tensor) else torch.as_tensor(np.asarray(value))


def softmax_loss(W, U, centres, contexts):
    """The mean loss of task 5, a tensor."""
    scores = tensor(W)[tensor(centres)] @ tensor(U).T
    return torch.nn.functional.cross_entropy(scores, tensor(contexts))


def part_of(result, part):
    """One of loss, dW and dU out of what a function returned."""
    return unpack(result, 3, name="the result")[PARTS.index(part)]


def compare_with_differences(result, part, loss, W, U, N):
    """Compare one part of (loss, dW, dU) with the loss or its differences; N pairs."""
    if part == "loss":
        close(part_of(result, part), float(loss(W, U)), rtol=1e-6, N=N, name="the loss")
        return
    by_W = part == "dW"
    slope = gradient.numerical(
        lambda M: float(loss(M, U) if by_W else loss(W, M)), W if by_W else U
    )
    close(part_of(result, part), slope, rtol=1e-5, atol=1e-7, N=N, name=part)


def little_words(rng, V, d, scale=1.0):
    """Return two random matrices (V, d)."""
    return scale * rng.normal(size=(V, d)), scale * rng.normal(size=(V, d))


@task("softmax", weight=0.5)
@pytest.mark.parametrize("line", SOFTMAX.names)
def test_softmax_line(student, line):
    """The line equals the derivative it stands for"""
    SOFTMAX.check(student.get("softmax_lines"), line)


@task("softmax")
def test_softmax_by_hand(student):
    """`softmax_gradients` gives the loss and the gradient of the example in the text"""
    W = np.array([[3.0, -1.0], [1.0, 2.0], [0.5, 0.0]])
    U = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    result = student.softmax_gradients(W, U, np.array([1]), np.array([0]))
    close(part_of(result, "loss"), 2.407606, rtol=1e-6, name="the loss")
    by_hand = [[0, 0], [-0.244728, 0.909969], [0, 0]]
    close(part_of(result, "dW"), by_hand, rtol=1e-5, atol=1e-9, name="dW")


@task("softmax")
@pytest.mark.parametrize("part", PARTS)
def test_softmax_slopes(student, rng, part):
    """`softmax_gradients` agrees with differences of the loss; a word is the centre twice"""
    (W, U), centres, contexts = little_words(rng, 5, 3), np.array([2, 0, 2]), np.array([1, 4, 3])
    result = student.softmax_gradients(W, U, centres, contexts)
    compare_with_differences(
        result, part, lambda W, U: softmax_loss(W, U, centres, contexts), W, U, N=3
    )


# 6 negative

NEGATIVE = Derivation(
    given={"v": (3,), "u": (3,), "N": (4, 3)},
    forward={
        "s": "dot(u, v)",
        "r": "N @ v",
        "loss": "log(1 + exp(-s)) + sum(log(1 + exp(r)))",
    },
    lines=[
        Line("dl_ds", derivative=("loss", "s")),
        Line("dl_dr", derivative=("loss", "r")),
        Line("dl_dv", derivative=("loss", "v")),
        Line("dl_du", derivative=("loss", "u")),
        Line("dl_dN", derivative=("loss", "N")),
    ],
)


def negative_loss(W, U, centres, contexts, negatives):
    """The mean loss of task 6, a tensor."""
    v = tensor(W)[tensor(centres)]
    true = (tensor(U)[tensor(contexts)] * v).sum(dim=1)
    made_up = (tensor(U)[tensor(negatives)] * v[:, None]).sum(dim=2)
    log = torch.nn.functional.logsigmoid
    return (-log(true) - log(-made_up).sum(dim=1)).mean()


@task("negative", weight=0.5)
@pytest.mark.parametrize("line", NEGATIVE.names)
def test_negative_line(student, line):
    """The line equals the derivative it stands for, for one pair and four negatives"""
    NEGATIVE.check(student.get("negative_lines"), line)


@task("negative")
@pytest.mark.parametrize("part", PARTS)
def test_negative_slopes(student, rng, part):
    """`negative_gradients` agrees with differences of the loss for two pairs, three negatives"""
    (W, U), batch = little_words(rng, 6, 4), ([5, 2], [0, 3], [[1, 4, 1], [2, 0, 4]])
    batch = [np.array(ids) for ids in batch]
    result = student.negative_gradients(W, U, *batch)
    compare_with_differences(result, part, lambda W, U: negative_loss(W, U, *batch), W, U, N=2)


# 7 noise


def ids_of(value, shape, size, name="the negatives"):
    """Insist on whole numbers from 0 to size - 1 in an array of this shape."""
    shaped(value, shape, name=name)
    ids = np.asarray(value)
    if not np.array_equal(ids, np.round(ids)) or ids.min() < 0 or ids.max() >= size:
        raise CheckFailed(f"{name} must be ids, whole numbers from 0 to {size - 1}")
    return ids.astype(int)


@task("noise")
def test_noise_by_hand(student):
    """`noise_distribution` of the counts 16 and 81 is 8/35 and 27/35"""
    close(student.noise_distribution(np.array([16.0, 81.0])), [8 / 35, 27 / 35], name="the noise")


@task("noise")
def test_no_negative_is_the_context(student):
    """`draw_negatives` fills an array (50, 3), and no row holds its own context word"""
    contexts = np.arange(50) % 4
    negatives = student.draw_negatives(contexts, 3, np.array([0.4, 0.3, 0.2, 0.1]), seed=3)
    negatives = ids_of(negatives, (50, 3), 4)
    assert not np.any(negatives == contexts[:, None]), "a context word is among its own negatives"
    assert set(negatives.ravel().tolist()) == {0, 1, 2, 3}, "some words never come up"


# 8 subsample


@task("subsample")
def test_keep_by_hand(student):
    """`keep_probability`: a quarter of the text stays with 0.2 where t = 0.01, rare words always"""
    counts = np.array([250.0, 5.0, 640.0, 105.0])
    kept = student.keep_probability(counts, 0.01)
    close(kept, [0.2, 1.0, 0.125, 0.3086067], rtol=1e-6, name="the probabilities")


@task("subsample")
def test_always_and_never(student):
    """`subsample` keeps all words with probability 1, none with 0, and every sentence"""
    sentences = [[0, 1, 2, 1], [2, 2], [1, 0, 0, 2, 1]]
    left = student.subsample(sentences, np.array([1.0, 1.0, 0.0]), seed=4)
    equal(listed(left, "the result"), [[0, 1, 1], [], [1, 0, 0, 1]], name="what is left")


# 9 cbow


def cbow_loss(W, U, contexts, centres):
    """The mean loss of task 9, a tensor."""
    averages = [tensor(W)[context].mean(dim=0) for context in contexts]
    return torch.nn.functional.cross_entropy(torch.stack(averages) @ tensor(U).T, tensor(centres))


@task("cbow")
@pytest.mark.parametrize("part", PARTS)
def test_cbow_slopes(student, rng, part):
    """`cbow_gradients` agrees with differences of the loss for contexts of 3 and of 2 words"""
    (W, U), contexts, centres = little_words(rng, 6, 3), [[1, 4, 0], [5, 1]], np.array([2, 0])
    result = student.cbow_gradients(W, U, contexts, centres)
    compare_with_differences(
        result, part, lambda W, U: cbow_loss(W, U, contexts, centres), W, U, N=2
    )


# 10 train

FOX_PAIRS = np.array(
    [(FOX_IDS[i], FOX_IDS[j]) for i in range(9) for j in range(9) if 0 < abs(i - j) <= 2]
)


def by_autograd(W, U, centres, contexts):
    """The loss of task 5 and its gradients by torch."""
    leaves = [tensor(M).double().requires_grad_() for M in (W, U)]
    scores = leaves[0][tensor(centres)] @ leaves[1].T
    loss = torch.nn.functional.cross_entropy(scores, tensor(contexts))
    return loss.item(), *(slope.numpy() for slope in torch.autograd.grad(loss, leaves))


def two_matrices(result, size, d):
    """W and U as float64 arrays of shape (size, d)."""
    found = unpack(result, 2, name="the result of `train`")
    for name, matrix in zip("WU", found, strict=True):
        shaped(matrix, (size, d), name=name)
    return [np.asarray(matrix, dtype=np.float64) for matrix in found]


@task("train")
def test_entropy_of_the_fox(student):
    """`conditional_entropy` of the fox's pairs is 1.363641"""
    close(student.conditional_entropy(FOX_PAIRS), 1.3636411, rtol=1e-6, name="the entropy")


@task("train")
@pytest.mark.parametrize("seed", [5, 6])
def test_training_on_the_fox(student, seed):
    """`train` returns W and U of shape (8, 6) with a loss near the fox's floor"""
    settings = {"epochs": 20, "batch": 8, "learning_rate": 3.0}
    result = student.train(by_autograd, FOX_PAIRS, 8, 6, seed, **settings)
    W, U = two_matrices(result, 8, 6)
    loss = float(softmax_loss(W, U, *FOX_PAIRS.T))
    assert loss < 1.6, f"the loss at the end is {loss:.3f}, far above the floor, 1.364"
