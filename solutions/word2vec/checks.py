"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with slopes that torch finds, with numbers worked out by hand or
with properties. When we mark, these checks run again, and others with other inputs.
"""

import numpy as np
import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Derivation,
    Function,
    Line,
    arg,
    close,
    draw,
    equal,
    in_torch,
    shaped,
    slopes,
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
@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (FOX, "the quick brown fox jumps over the lazy dog"),
        ("Stop! Don't eat 2 red-hot pies... OK?\nNo", "stop/don t eat red hot pies/ok/no"),
    ],
    ids=["the fox", "other marks"],
)
def test_sentences(student, text, sentences):
    """`tokenize` ends sentences at . ! and ?, and splits words at everything else"""
    expected = [sentence.split() for sentence in sentences.split("/")]
    equal(student.tokenize(text), expected, name="the sentences")


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
    equal(ids, [[1, 2], [5]], name="the ids")
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
    limits = {"documents": (40, 90), "documents_with_word": (8, 20), "times": (2, 7)}
    return {name: int(rng.integers(*both)) for name, both in limits.items()}


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


@task("pairs")
def test_pairs_of_the_fox(student):
    """`skip_gram_pairs` begins as the notes do and finds 30 pairs in the fox"""
    found = student.skip_gram_pairs([FOX.lower().strip(".").split()], 2)
    pairs = listed(found, "the list of pairs")
    expected = "the quick, the brown, quick the, quick brown, quick fox, brown the, brown quick"
    equal(pairs[:7], [pair.split() for pair in expected.split(", ")], name="the first pairs")
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
by_part = pytest.mark.parametrize("part", [0, 1, 2], ids=["loss", "dW", "dU"])


def with_slopes(name, loss, **batch):
    """Declare a function that returns (loss, dW, dU) of a mean loss in torch."""

    def truth(W, U, *batch):
        return in_torch(loss)(W, U, *batch), *slopes(lambda W, U: loss(W, U, *batch), W, U)

    arguments = {"W": "V d", "U": "V d", **batch}
    return Function(name, arguments, truth=truth, returns=("the loss", "dW", "dU"), batch="B")


def softmax_loss(W, U, centres, contexts):
    """The mean loss of task 5, a tensor."""
    scores = W[torch.as_tensor(centres)] @ U.T
    return torch.nn.functional.cross_entropy(scores, torch.as_tensor(contexts))


IDS = arg.integers("B", "V")
softmax_gradients = with_slopes("softmax_gradients", softmax_loss, centres=IDS, contexts=IDS)


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
    by_hand = [[0, 0], [-0.244728, 0.909969], [0, 0]]
    close(result, (2.407606, by_hand, 0), rtol=1e-5, name={0: "the loss", 1: "dW"})


@task("softmax")
@by_part
def test_softmax_slopes(student, rng, part):
    """`softmax_gradients` agrees with torch's slopes of the loss; a word is the centre twice"""
    softmax_gradients.check(student, rng, B=3, centres=np.array([2, 0, 2]), V=5, d=3, part=part)


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
    v, log = W[torch.as_tensor(centres)], torch.nn.functional.logsigmoid
    seen = (U[torch.as_tensor(contexts)] * v).sum(dim=1)
    made_up = (U[torch.as_tensor(negatives)] * v[:, None]).sum(dim=2)
    return (-log(seen) - log(-made_up).sum(dim=1)).mean()


NEGATIVES = arg.integers("B K", "V")
negative_gradients = with_slopes(
    "negative_gradients", negative_loss, centres=IDS, contexts=IDS, negatives=NEGATIVES
)


@task("negative", weight=0.5)
@pytest.mark.parametrize("line", NEGATIVE.names)
def test_negative_line(student, line):
    """The line equals the derivative it stands for, for one pair and four negatives"""
    NEGATIVE.check(student.get("negative_lines"), line)


@task("negative")
@by_part
def test_negative_slopes(student, rng, part):
    """`negative_gradients` agrees with torch's slopes of the loss for two pairs, three negatives"""
    negative_gradients.check(student, rng, B=2, K=3, V=6, d=4, part=part)


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
    averages = torch.stack([W[context].mean(dim=0) for context in contexts])
    return torch.nn.functional.cross_entropy(averages @ U.T, torch.as_tensor(centres))


def some_contexts(rng, B, V):
    """Draw contexts of 1, 2, ..., B words."""
    return [rng.integers(V, size=1 + n).tolist() for n in range(B)]


cbow_gradients = with_slopes("cbow_gradients", cbow_loss, contexts=some_contexts, centres=IDS)


@task("cbow")
@by_part
def test_cbow_slopes(student, rng, part):
    """`cbow_gradients` agrees with torch's slopes of the loss for contexts of 3 and of 2 words"""
    cbow_gradients.check(student, rng, B=2, contexts=[[1, 4, 0], [5, 1]], V=6, d=3, part=part)


# 10 train

FOX_PAIRS = np.array(
    [(FOX_IDS[i], FOX_IDS[j]) for i in range(9) for j in range(9) if 0 < abs(i - j) <= 2]
)


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
    result = student.train(softmax_gradients.truth, FOX_PAIRS, 8, 6, seed, **settings)
    W, U = two_matrices(result, 8, 6)
    loss = float(in_torch(softmax_loss)(W, U, *FOX_PAIRS.T))
    assert loss < 1.6, f"the loss at the end is {loss:.3f}, far above the floor, 1.364"
