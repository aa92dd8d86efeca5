# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] nbgrader={"grade_id": "intro", "locked": true}
# # Word vectors from skip-grams
#
# A computer knows a word as a number in a list, and number 17 is no more like number 18 than like
# number 4000. Yet a few lines of arithmetic, run over plain text, place *boy* next to *lad* and
# find that *king − man + woman* is *queen*. Nobody told them. In this notebook you write these
# lines, all of them, and then let them loose on a language of which we know every secret, so that
# you can see what they find, and how close to perfect it is.
#
# **Afterwards you can**
#
# - turn text into numbers, and compare documents and words by their angle,
# - derive the gradients of the skip-gram model line by line, with a softmax and with negative
#   samples, and write them for a batch in which words occur more than once,
# - say what the exponent ¾ and subsampling do, and test a sampler with statistics,
# - compute the lowest loss that any model can reach on a text, and reach it,
# - say why every word has two vectors.
#
# | | task | you write | minutes | points |
# |---|---|---|---|---|
# | 1 | `text` | words, a vocabulary, one-hot rows | 15 | 2 |
# | 2 | `similarity` | cosines, nearest neighbours | 15 | 2 |
# | 3 | `tfidf` | counts and weights of words in documents | 20 | 3 |
# | 4 | `pairs` | the training data of skip-gram, and how much of it there is | 20 | 3 |
# | 5 | `softmax` | six lines, a loss with its gradients | 40 | 5 |
# | 6 | `negative` | five lines, the same with negative samples | 35 | 4 |
# | 7 | `noise` | where the negative samples come from | 25 | 4 |
# | 8 | `subsample` | fewer frequent words | 15 | 2 |
# | 9 | `cbow` | the other direction: from the context to the word | 25 | 3 |
# | 10 | `train` | the floor of the loss, the training, a question in words | 50 | 5 + 2 |
#
# Together 35 points and about four and a half hours. Each task stands on its own: if one does not
# work out, go on and come back.
#
# **Where to read.** Baker, *Deep Learning Lecture Notes* ("notes 004"), chapter 7. Mikolov et al.,
# *Distributed Representations of Words and Phrases and their Compositionality* (2013), has what the
# notes leave out. Where the notes contain a slip, this notebook teaches the right formula and says so in one
# line.

# %% [markdown] nbgrader={"grade_id": "notation", "locked": true}
# ## One notation
#
# - The vocabulary has $V$ words, numbered from 0 to $V-1$. (Notes 004 print the set as
#   $\{0,1,\dots,|\mathcal V|,-1\}$.) The number of a word is its *id*.
# - Every word $i$ has **two vectors** of length $d$: $v_i$ where it is the *centre* of a window, and
#   $u_i$ where it is a word of the *context*. They are the rows of `W` and `U`, both $(V, d)$.
# - So `x @ W` takes a row out of `W` if `x` is one-hot, and `U @ v` has a score for every word. (The
#   notes write $h=Wx$ and $W'h$ with $W$ of shape $V\times N$ and $W'$ of shape $N\times V$; those
#   products do not fit. What they mean is $W^\top x$ and $W'^\top h$. Our `U` is their $W'^\top$.)
# - **Losses are means over the pairs of a batch**, logarithms are natural ones, and a gradient
#   always has the shape of the thing it belongs to.
# - $\sigma(z)=1/(1+e^{-z})$ is the logistic function.
# - Functions leave their arguments as they are, and may return NumPy arrays, torch tensors or,
#   where nothing else is said, lists. No batch is empty. **Compute in float64**: where a task says
#   nothing else, numbers are judged to a relative $10^{-7}$.

# %% tags=["nbval-ignore-output"]
# Some tasks draw numbers for you alone. Write the name under which you hand in between the
# quotation marks, as in student("ada"), and run this cell. Leave it empty where you log in with it.
from autograder import student

student("")

# %% nbgrader={"grade_id": "setup", "locked": true}
import re
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

from autograder import check, demo, draw_recorded, variant

FOX = "The quick brown fox jumps over the lazy dog."
LIBRARY = ["the red dog", "cat eats dog", "dog eats food", "red cat eats"]
TERMS = ["the", "red", "dog", "cat", "eats", "food"]


def sigmoid(z):
    """Return 1 / (1 + exp(-z)) for an array of any shape, without overflow for large |z|.

    Below z = -37 it is 0, which is exact enough everywhere in this notebook.
    """
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z, dtype=np.float64)))


# %% [markdown] nbgrader={"grade_id": "about-text", "locked": true}
# ---
# ## 1 · From text to numbers
# **2 points · 15 minutes**
#
# Four steps that every program for language begins with:
#
# 1. **Sentences and words.** First all of it is put in lower case. A sentence ends at `.`, `!` or `?`. A word is a run
#    of the letters a to z; whatever else there is separates words, so that *don't* becomes the two
#    words *don* and *t*. What is left without a word is no sentence.
# 2. **Vocabulary.** Words that occur at least `min_count` times, the most frequent first; words that
#    occur equally often in the order of the alphabet. The position is the id.
# 3. **Ids.** Each word gives way to its id. A word that is not in the vocabulary is left out, as
#    word2vec does (other programs put a special `<unk>` there).
# 4. **One-hot rows.** The row of word $i$ is 1 in column $i$ and 0 elsewhere.
#
# The notes also list *stemming*, which cuts endings off by rule, and *lemmatisation*, which looks
# the word up. Their example *easily → easili* is what a stemmer does, not a lemmatiser.
#
# <details><summary>Hint 1: a nudge</summary>
# re.split cuts a text at every match of a pattern, re.findall collects all matches. The pattern
# [a-z]+ is a run of small letters.
# </details>
# <details><summary>Hint 2: two sort keys</summary>
# Counter counts. sorted(words, key=lambda w: (…, …)) sorts by the first entry and, where that is
# equal, by the second. Falling counts are rising negative counts.
# </details>
# <details><summary>Hint 3: one-hot</summary>
# The rows of np.eye(V) are the one-hot rows of all V words. Pick the ones you need, in order.
# </details>


# %% nbgrader={"grade_id": "text", "solution": true}
def tokenize(text):
    """Return the sentences of a text in order, each a list of its words in lower case.

    Sentences end at . ! or ?; words are runs of the letters a to z. No sentence is empty.
    """
    ### BEGIN SOLUTION
    parts = re.split(r"[.!?]", text.lower())
    return [words for words in (re.findall(r"[a-z]+", part) for part in parts) if words]
    ### END SOLUTION


def build_vocabulary(sentences, min_count=1):
    """Return {word: id} of the words that occur at least min_count times in all sentences.

    Ids count from 0, the most frequent word first, equally frequent ones alphabetically.
    """
    ### BEGIN SOLUTION
    counts = Counter(word for sentence in sentences for word in sentence)
    words = [word for word in counts if counts[word] >= min_count]
    words.sort(key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(words)}
    ### END SOLUTION


def encode(sentences, vocabulary):
    """Return every sentence as a list of ids; words outside the vocabulary are left out.

    vocabulary: {word: id}, in any order. A sentence of which nothing is left stays as an empty list.
    """
    ### BEGIN SOLUTION
    return [[vocabulary[word] for word in s if word in vocabulary] for s in sentences]
    ### END SOLUTION


def one_hot(ids, size):
    """Return an array of numbers of shape (len(ids), size), row n one-hot at ids[n].

    ids: a list or an integer array; where it is empty there are no rows, and still `size` columns.
    """
    ### BEGIN SOLUTION
    return np.eye(size)[ids]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-text", "grade": true, "points": 2}
check("text")

# %% [markdown] nbgrader={"grade_id": "text-demo-text", "locked": true}
# **Why it matters.** Multiplying a one-hot row with a matrix takes out one row of it. So the first
# layer of every word model is a table to look up, and no product is ever computed.


# %% nbgrader={"grade_id": "text-demo", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def look_up():
    sentences = tokenize(FOX)
    words = build_vocabulary(sentences)
    (ids,) = encode(sentences, words)
    print("vocabulary:", words)
    print("ids:       ", list(ids))
    W = np.random.default_rng(0).normal(size=(len(words), 3))
    product = np.asarray(one_hot(ids, len(words))) @ W
    print("one-hot rows times W equal the rows W[ids]:", np.allclose(product, W[ids]))


# %% [markdown] nbgrader={"grade_id": "about-similarity", "locked": true}
# ---
# ## 2 · How alike are two vectors?
# **2 points · 15 minutes**
#
# Two different one-hot vectors always have the product 0: each word is equally unlike every
# other. For vectors that carry more we measure the angle,
#
# $$\cos(a,b)=\frac{a\cdot b}{\lVert a\rVert\,\lVert b\rVert},$$
#
# which is 1 for the same direction, 0 for a right angle, −1 for opposite directions, whatever the
# lengths (from $10^{-50}$ to $10^{50}$). **A zero vector has no direction; its cosine with anything is 0
# here** (and not NaN).
#
# The second function finds neighbours, and with them you solve analogies: what is to *woman* as
# *king* is to *man*? Take the row nearest to $v_\text{king}-v_\text{man}+v_\text{woman}$. The
# nearest is very often one of the three words that you asked with, which is why they are left out
# by everybody, and why you should mistrust the famous examples a little.
#
# <details><summary>Hint 1: a nudge</summary>
# All products at once are A @ B.T. All lengths are np.linalg.norm(A, axis=1).
# </details>
# <details><summary>Hint 2: zeros</summary>
# Find the zero lengths before you divide. Replacing such a length by 1 gives 0/1.
# </details>
# <details><summary>Hint 3: the best first</summary>
# np.argsort sorts upwards. Sort the negative cosines, go through the row numbers in this order,
# skip those in `without`, and stop when you have k.
# </details>


# %% nbgrader={"grade_id": "similarity", "solution": true}
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    ### BEGIN SOLUTION
    products = A @ B.T
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
    ### END SOLUTION


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without`, a list or a tuple, are never returned;
    k is at least 1 and at most the number of the others. No two cosines are equal in what we ask. A
    row of zeros has the cosine 0, so that it comes before those with negative ones.
    """
    ### BEGIN SOLUTION
    cosines = cosine(query[None], E)[0]
    return [int(row) for row in np.argsort(-cosines) if row not in without][:k]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-similarity", "grade": true, "points": 2}
check("similarity")

# %% [markdown] nbgrader={"grade_id": "about-tfidf", "locked": true}
# ---
# ## 3 · A document as a bag of words
# **3 points · 20 minutes**
#
# Before a word has a vector, a document can have one: how often does each word occur in it? The
# order is thrown away, so *the dog barks* and *barks the dog* are the same. The example of the
# notes, one row for each document:
#
# | | the | red | dog | cat | eats | food |
# |---|---|---|---|---|---|---|
# | the red dog | 1 | 1 | 1 | 0 | 0 | 0 |
# | cat eats dog | 0 | 0 | 1 | 1 | 1 | 0 |
# | dog eats food | 0 | 0 | 1 | 0 | 1 | 1 |
# | red cat eats | 0 | 1 | 0 | 1 | 1 | 0 |
#
# A word that is everywhere says little about a document. TF-IDF weighs it down. The notes describe
# this in words and give no formula, and there are several; we take the plain one. With $D$
# documents, of which $\mathrm{df}_w$ contain the word $w$ **at least once**,
#
# $$\text{tf-idf}_{n,w} = \text{count}_{n,w}\cdot\ln\frac{D}{\mathrm{df}_w}.$$
#
# In the example *the* is in one document of four and gets $\ln 4=1.3863$; *red* and *cat* get
# $\ln 2=0.6931$; *dog* and *eats* are in three and get $\ln\frac43=0.2877$. A word that is in every
# document gets 0. A word that is in none has a column of zeros, and it stays one.
#
# (scikit-learn's `TfidfVectorizer` takes $\ln\frac{1+D}{1+\mathrm{df}}+1$ and then scales each row
# to length 1. Always say which one you mean.)
#
# <details><summary>Hint 1: a nudge</summary>
# df does not ask how often a word occurs, only in how many documents: count the entries above
# zero in each column.
# </details>
# <details><summary>Hint 2: a column of zeros</summary>
# Where df is 0 the weight does not matter, because it is multiplied with zeros; but infinity times
# zero is NaN. np.maximum(df, 1) is one way out.
# </details>


# %% nbgrader={"grade_id": "tfidf", "solution": true}
def bag_of_words(documents, vocabulary):
    """Return an array (D, V): how often each word occurs in each document.

    documents: D lists of words; vocabulary: {word: column} with columns 0 to V − 1, in any order.
    Words outside the vocabulary do not count.
    """
    ### BEGIN SOLUTION
    counts = np.zeros((len(documents), len(vocabulary)))
    for row, words in enumerate(documents):
        for word in words:
            if word in vocabulary:
                counts[row, vocabulary[word]] += 1
    return counts
    ### END SOLUTION


def tfidf(counts):
    """Return count · ln(D / df) for every entry of counts, shape (D, V), no NaN anywhere.

    counts: an array of whole numbers, as float64 or as integers.
    """
    ### BEGIN SOLUTION
    df = np.maximum((counts > 0).sum(axis=0), 1)
    return counts * np.log(len(counts) / df)
    ### END SOLUTION


# %% [markdown] nbgrader={"grade_id": "about-own-word", "locked": true}
# **A word of your own.** The next cell draws a library for you alone: so many `documents`, in
# `documents_with_word` of them occurs a certain word, and in one of these it occurs `times` times.
# What is its TF-IDF there? (Judged to a relative 1e-4. A line of Python that uses `library` is
# safest: it stays right when your work is marked on another machine.)

# %% nbgrader={"grade_id": "own-library", "locked": true} tags=["nbval-ignore-output"]
library = variant("tfidf")
print("Your library:", ", ".join(f"{name} = {value}" for name, value in library.items()))

# %% nbgrader={"grade_id": "own-word", "solution": true}
my_weight = None
### BEGIN SOLUTION
my_weight = library["times"] * np.log(library["documents"] / library["documents_with_word"])
### END SOLUTION

# %% nbgrader={"grade_id": "check-tfidf", "grade": true, "points": 3}
check("tfidf")

# %% [markdown] nbgrader={"grade_id": "tfidf-plot-text", "locked": true}
# **Why it matters.** Cosines between the four documents, first of the counts, then of the weights.
# *cat eats dog* shares two words with *dog eats food* and two with *red cat eats*: counts make no
# difference, 0.67 both. But *dog* and *eats* are what everybody talks about, and *cat* is rarer: 0.14
# against 0.69 with weights.


# %% nbgrader={"grade_id": "tfidf-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def compare_documents():
    columns = {word: column for column, word in enumerate(TERMS)}
    counts = np.asarray(bag_of_words([text.split() for text in LIBRARY], columns), dtype=float)
    panels = {"counts": counts, "TF-IDF": np.asarray(tfidf(counts))}
    _, axes = plt.subplots(1, 2, figsize=(8, 3.2), layout="constrained")
    for axis, (title, rows) in zip(axes, panels.items(), strict=True):
        cosines = np.asarray(cosine(rows, rows))
        axis.imshow(cosines, vmin=0, vmax=1, cmap="Blues")
        for i, j in np.ndindex(4, 4):
            shade = "white" if cosines[i, j] > 0.6 else "black"
            axis.text(
                j, i, f"{cosines[i, j]:.2f}", ha="center", va="center", color=shade, fontsize=8
            )
        axis.set_xticks(range(4), LIBRARY, rotation=30, ha="right", fontsize=8)
        axis.set_yticks(range(4), LIBRARY, fontsize=8)
        axis.set_title(f"cosines of {title}", fontsize=10)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-pairs", "locked": true}
# ---
# ## 4 · You shall know a word by the company it keeps
# **3 points · 20 minutes**
#
# So said the linguist J. R. Firth in 1957, and skip-gram takes him by his word: *predict the words around a
# word*. A window of $m$ words on **either side** moves over each sentence; the word in its middle is
# the centre, and each other word in it gives one training pair (centre, context). At the ends of a
# sentence the window is cut off, and **it never reaches into the next sentence**.
#
# For *The quick brown fox jumps over the lazy dog* and $m=2$ the pairs begin
#
# > (the, quick) (the, brown) · (quick, the) (quick, brown) (quick, fox) · (brown, the) …
#
# and there are 30 of them, of 8 words. The likelihood of a text is the product over all pairs,
#
# $$\prod_{t=1}^T\ \prod_{-m\le j\le m,\ j\ne0} P\bigl(w^{(t+j)}\mid w^{(t)}\bigr).$$
#
# For *the man loves his son* and the centre *loves* the offsets are $j=-2,-1,+1,+2$; the notes print
# $j=2,1,1,2$. That sentence has 14 pairs in all. And in the sum of logarithms the minus stands
# before the whole sum; in the notes it reaches the first term only.
#
# The second function says how many pairs a sentence of $T$ words has, by a formula: sentences may
# have millions of words, so nothing may be listed or looped over.
#
# <details><summary>Hint 1: a nudge</summary>
# For the centre at position t the context runs from position max(0, t − m) to min(T, t + m + 1) − 1,
# t itself left out.
# </details>
# <details><summary>Hint 2: counting</summary>
# How many pairs of positions lie exactly j apart? There are T − j, and each gives two training pairs.
# Sum over j = 1, …, m. The sum of 1 to m is m(m + 1)/2.
# </details>
# <details><summary>Hint 3: short sentences</summary>
# No two words of a sentence are further apart than T − 1. For a longer window the answer is that of
# m = T − 1.
# </details>


# %% nbgrader={"grade_id": "pairs", "solution": true}
def skip_gram_pairs(sentences, window):
    """Return the list of pairs (centre, context) of all sentences, in the order of the text.

    sentences: lists of words or of ids; window: the number m of words on either side, at least 1.
    Centres from left to right, and for each of them its context from left to right. A pair is a tuple or
    a list of two.
    """
    ### BEGIN SOLUTION
    pairs = []
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            for j in range(max(0, t - window), min(len(sentence), t + window + 1)):
                if j != t:
                    pairs.append((centre, sentence[j]))
    return pairs
    ### END SOLUTION


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number, of whatever type; T and m may be as large as 10**9, and it is exact then, too.
    """
    ### BEGIN SOLUTION
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-pairs", "grade": true, "points": 3}
check("pairs")

# %% [markdown] nbgrader={"grade_id": "about-softmax", "locked": true}
# ---
# ## 5 · The skip-gram model
# **5 points · 40 minutes**
#
# Each centre word asks all words of the vocabulary at once: the score of word $i$ is $z_i=u_i\cdot v$,
# and the softmax makes probabilities of the scores. For one pair, with $v=v_c$ the vector of the
# centre and $o$ the word that was really there:
#
# $$z = Uv,\qquad p_i=P(i\mid c)=\frac{e^{z_i}}{\sum_j e^{z_j}},\qquad
#   \ell=-\log p_o = \underbrace{\log\textstyle\sum_j e^{z_j}}_{a}\;-\;\underbrace{z_o}_{b}.$$
#
# Write $t$ for the one-hot vector of $o$, so that $b=t\cdot z$. Differentiate the two parts one
# after the other:
#
# | line | stands for | shape | may use |
# |---|---|---|---|
# | `db_dv` | $\partial b/\partial v$: the vector $u_o$, taken out of $U$ | $(d,)$ | anything |
# | `da_dz` | $\partial a/\partial z$ | $(V,)$ | only `p t` |
# | `da_dv` | $\partial a/\partial v$: the context vector that the model *expects* | $(d,)$ | anything |
# | `dl_dv` | $\partial\ell/\partial v$: expected minus seen | $(d,)$ | anything |
# | `dl_dz` | $\partial\ell/\partial z$ | $(V,)$ | only `p t` |
# | `dl_dU` | $\partial\ell/\partial U$ | $(V,d)$ | anything |
#
# "Anything" means `U v t z p` and your earlier lines.
#
# > **How to write a line.** A piece of text in a small language that looks like Python: numbers,
# > names, `+ - * / **`, brackets, `u @ v` for the matrix product, `U.T`, `outer(u, v)` for the matrix
# > with entries $u_iv_j$, `sum exp log sigmoid dot`, and the names of lines that you have already
# > written. It is evaluated at random points, so any form that is equal is right. Write it between
# > the quotes that wait for it, and delete `raise NotImplementedError()` once you do.
#
# The notes derive $u_o-\sum_jP(w_j\mid w_c)\,u_j$. That is the gradient of $\log P$, to go *up*; the
# loss has the opposite sign. (A page later they call it "the objective function to maximize", which
# it is not. And the gradient for the $u_j$, which they leave out, is just as necessary: it is your
# last line.)
#
# <details><summary>Hint 1: a nudge</summary>
# t @ U picks one row of U. What does p @ U do?
# </details>
# <details><summary>Hint 2: the logarithm of a sum</summary>
# Differentiate log Σ exp(z[j]) with respect to z[i]: one exponential on top, the sum below. You know
# that fraction.
# </details>
# <details><summary>Hint 3: the last line</summary>
# z[i] depends on row i of U alone, and its derivative there is v. So row i of the answer is dl_dz[i]
# times v.
# </details>

# %% nbgrader={"grade_id": "softmax-lines", "solution": true}
softmax_lines = {
    "db_dv": "",
    "da_dz": "",
    "da_dv": "",
    "dl_dv": "",
    "dl_dz": "",
    "dl_dU": "",
}
### BEGIN SOLUTION
softmax_lines["db_dv"] = "t @ U"
softmax_lines["da_dz"] = "p"
softmax_lines["da_dv"] = "p @ U"
softmax_lines["dl_dv"] = "da_dv - db_dv"
softmax_lines["dl_dz"] = "p - t"
softmax_lines["dl_dU"] = "outer(dl_dz, v)"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-softmax-batch", "locked": true}
# **A batch of $B$ pairs.** The loss is the mean over the pairs. In a batch the same word will be the
# centre of several pairs, and **all of them must reach its row of the gradient**. Here lies the
# commonest mistake of this notebook: `dW[centres] += rows` keeps only the *last* of several rows that
# go to the same place. `np.add.at(dW, centres, rows)` adds all of them.
#
# To test by hand: $U$ with the rows $(1,0),(0,1),(1,1)$, $v=(1,2)$ and $o=0$ give
# $p=(0.090031,\,0.244728,\,0.665241)$, $\ell=2.407606$ and
# $\partial\ell/\partial v=(-0.244728,\,0.909969)$.
#
# <details><summary>Hint 1: the forward pass</summary>
# W[centres] has one row for each pair; times U.T it has the scores. Subtract the largest score of each row
# before you take exp, and compute log p without dividing first: the scores may be as large as 1000.
# </details>
# <details><summary>Hint 2: the signal</summary>
# G = (P − T) / B is dl_dz for all pairs at once, the mean included. T need not be built: subtract 1
# from P[n, contexts[n]] for every n.
# </details>
# <details><summary>Hint 3: the two gradients</summary>
# Row n of G @ U belongs to the centre of pair n. And a sum of outer products is one matrix product,
# G.T @ (the rows of the centres).
# </details>


# %% nbgrader={"grade_id": "softmax", "solution": true}
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(centres))
    Z = W[centres] @ U.T
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    G = np.exp(log_P)
    G[rows, contexts] -= 1
    G = G / len(centres)
    dW = np.zeros(W.shape)
    np.add.at(dW, centres, G @ U)
    return -log_P[rows, contexts].mean(), dW, G.T @ W[centres]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-softmax", "grade": true, "points": 5}
check("softmax")

# %% [markdown] nbgrader={"grade_id": "softmax-plot-text", "locked": true}
# **Why it matters.** Plain gradient descent with your gradients on the 30 pairs of the fox. Before
# learning anything the model guesses one of eight words, $\ln 8=2.0794$. No model can come below
# 1.3636, because the same centre has several contexts: in task 10 you compute this floor yourself.


# %% nbgrader={"grade_id": "softmax-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def learn_the_fox():
    words = FOX.lower().strip(".").split()
    ids = {word: i for i, word in enumerate(dict.fromkeys(words))}
    near = [(i, j) for i in range(9) for j in range(9) if i != j and abs(i - j) <= 2]
    centres, contexts = np.array([[ids[words[i]], ids[words[j]]] for i, j in near]).T
    generator = np.random.default_rng(0)
    W, U = 0.5 * generator.normal(size=(2, 8, 10))
    losses = []
    for _ in range(300):
        loss, dW, dU = softmax_gradients(W, U, centres, contexts)
        W, U = W - 2 * np.asarray(dW), U - 2 * np.asarray(dU)
        losses.append(float(loss))
    _, axes = plt.subplots(figsize=(5, 2.6))
    axes.plot(losses, label="your gradients")
    axes.axhline(np.log(8), color="grey", linestyle=":", label="guessing, ln 8")
    axes.axhline(1.363641, color="C3", linestyle="--", label="floor")
    axes.set_xlabel("step")
    axes.set_ylabel("mean loss of a pair")
    axes.legend(fontsize=8)
    plt.show()
    print(f"loss after {len(losses)} steps: {losses[-1]:.4f}")


# %% [markdown] nbgrader={"grade_id": "about-negative", "locked": true}
# ---
# ## 6 · Negative sampling
# **4 points · 35 minutes**
#
# The sum over the vocabulary is the trouble: for every pair of the text all $V$ scores are computed
# and all $V$ rows of $U$ are moved, and $V$ may be a million. So ask an easier question: *is this
# pair from the text, or did somebody make it up?* For each pair, $K$ words $n_1,\dots,n_K$ are drawn at
# random (task 7), and a logistic unit has to tell the true context word $o$ from them:
#
# $$s=u_o\cdot v,\qquad r_k=u_{n_k}\cdot v,\qquad
#   \ell=-\log\sigma(s)-\sum_{k=1}^K\log\sigma(-r_k).$$
#
# The notes give $P(D=1\mid w_c,w_o)=\sigma(u_o\cdot v_c)$ and describe the rest in words; this loss is
# what they mean. Mind the **two minus signs** of the second part: a made-up pair should get
# $\sigma(r_k)$ near 0, that is $\sigma(-r_k)=1-\sigma(r_k)$ near 1.
#
# For one pair, `u` the vector $u_o$ and `N` the $(K,d)$ matrix of the vectors of the negatives, so
# that $r=Nv$:
#
# | line | stands for | shape |
# |---|---|---|
# | `dl_ds` | $\partial\ell/\partial s$ | a number |
# | `dl_dr` | $\partial\ell/\partial r$ | $(K,)$ |
# | `dl_dv` | $\partial\ell/\partial v$ | $(d,)$ |
# | `dl_du` | $\partial\ell/\partial u$ | $(d,)$ |
# | `dl_dN` | $\partial\ell/\partial N$ | $(K,d)$ |
#
# Symbols: `v u N s r` and your earlier lines; `sigmoid` is a function of the language.
#
# <details><summary>Hint 1: a nudge</summary>
# The slope of −log σ(z) is σ(z) − 1: "what was said minus what is true". And σ(−z) = 1 − σ(z).
# </details>
# <details><summary>Hint 2: v has many paths</summary>
# v moves s, through u, and it moves every r[k], through row k of N. Add everything.
# </details>
# <details><summary>Hint 3: the last line</summary>
# Row k of N only reaches r[k]. It is an outer product, as in task 5.
# </details>

# %% nbgrader={"grade_id": "negative-lines", "solution": true}
negative_lines = {
    "dl_ds": "",
    "dl_dr": "",
    "dl_dv": "",
    "dl_du": "",
    "dl_dN": "",
}
### BEGIN SOLUTION
negative_lines["dl_ds"] = "sigmoid(s) - 1"
negative_lines["dl_dr"] = "sigmoid(r)"
negative_lines["dl_dv"] = "dl_ds*u + dl_dr @ N"
negative_lines["dl_du"] = "dl_ds*v"
negative_lines["dl_dN"] = "outer(dl_dr, v)"
### END SOLUTION

# %% [markdown] nbgrader={"grade_id": "about-negative-batch", "locked": true}
# **A batch.** The loss is the mean over the $B$ pairs (of the whole $\ell$, in which the negatives are
# *summed*). Everything can repeat: a centre, a context word, a word among the negatives of one pair,
# a word that is the context of one pair and a negative of the next. Every occurrence counts.
#
# <details><summary>Hint 1: one table</summary>
# Put the context word in front of the negatives: an array of ids of shape (B, 1 + K). U at these ids
# has shape (B, 1 + K, d). The label is 1 in the first column and 0 elsewhere.
# </details>
# <details><summary>Hint 2: scores</summary>
# np.einsum("bkd,bd->bk", ...) takes the product of each of the 1 + K vectors with the centre's. Or
# loop over the pairs: it is slow, but it counts.
# </details>
# <details><summary>Hint 3: the loss</summary>
# −log σ(z) = log(1 + exp(−z)), and np.logaddexp(0, -z) computes that for any z.
# </details>


# %% nbgrader={"grade_id": "negative", "solution": true}
def negative_gradients(W, U, centres, contexts, negatives):
    """Return (loss, dW, dU): the mean over the pairs of the loss with negative samples.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays, negatives: (B, K); words
    may occur anywhere and often. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000: the loss of a pair may then be as large as 1000.
    """
    ### BEGIN SOLUTION
    ids = np.concatenate([contexts[:, None], negatives], axis=1)
    scores = np.einsum("bkd,bd->bk", U[ids], W[centres])
    sign = np.where(np.arange(ids.shape[1]) == 0, 1, -1)
    G = -sign * sigmoid(-sign * scores) / len(ids)
    dW, dU = np.zeros(W.shape), np.zeros(U.shape)
    np.add.at(dW, centres, np.einsum("bk,bkd->bd", G, U[ids]))
    np.add.at(dU, ids, G[:, :, None] * W[centres][:, None])
    return np.logaddexp(0, -sign * scores).sum() / len(ids), dW, dU
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-negative", "grade": true, "points": 4}
check("negative")

# %% [markdown] nbgrader={"grade_id": "negative-cost-text", "locked": true}
# **Why it matters.** Multiplications for the scores of one pair, with vectors of length 300. The cost
# grows with $K$, and the size of the vocabulary has left the formula.

# %% nbgrader={"grade_id": "negative-cost", "locked": true} tags=["demo"]
print("    words      softmax   5 negatives")
for size in (1_000, 100_000, 1_000_000):
    print(f"{size:9,} {300 * size:12,} {300 * (1 + 5):13,}")

# %% [markdown] nbgrader={"grade_id": "about-noise", "locked": true}
# ---
# ## 7 · Where the negatives come from
# **4 points · 25 minutes**
#
# Mikolov and his colleagues tried several distributions for the made-up words and kept a curious one:
# the counts to the power ¾, scaled so that they add up to 1,
#
# $$q_w=\frac{\text{count}_w^{3/4}}{\sum_i\text{count}_i^{3/4}} .$$
#
# It lies between the distribution of the text (power 1) and the uniform one (power 0): rare words
# come up more often than in the text, and are pushed away from where they do not belong. For the
# counts $16$ and $81$ the powers are $8$ and $27$, and the probabilities $8/35$ and $27/35$.
#
# Then the sampler. **None of the negatives of a pair may be its own context word**: it would be called
# true and made up in one breath. Draw that one again until it is another word. All draws are
# independent, so a word may come up twice for the same pair. All random numbers come from
# `np.random.default_rng(seed)`; in which order you use them is up to you. We test your sampler as one
# tests a die: with thousands of throws and a χ² test that sends away a right one once in a million
# cases.
#
# <details><summary>Hint 1: a nudge</summary>
# generator.choice(V, size=(B, K), p=noise) draws them all at once. Then look for those that must not be
# there.
# </details>
# <details><summary>Hint 2: drawing again</summary>
# Comparing the negatives with contexts[:, None] gives a table of True and False. Such a table can be
# used as an index: fill the places where it is True with fresh draws, as often as there is one.
# </details>
# <details><summary>Hint 3: without a loop</summary>
# "Draw again until it is another word" means: probability q[w] / (1 − q[o]) for every w except o. You
# may also draw from that, pair by pair.
# </details>


# %% nbgrader={"grade_id": "noise", "solution": true}
def noise_distribution(counts, power=0.75):
    """Return count**power, scaled so that the sum is 1; result (V,).

    counts: (V,), none negative, and none 0 if power is 0.
    """
    ### BEGIN SOLUTION
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()
    ### END SOLUTION


def draw_negatives(contexts, K, noise, seed):
    """Return an integer array (B, K) of ids, row n drawn from the noise without contexts[n].

    contexts: (B,) integer array. noise: (V,), adds up to 1, at least two entries above 0; ids with
    noise 0 never come up, all others do, however small their noise. V may be large. seed: a whole
    number; the same seed gives the same draws, another seed gives others.
    """
    ### BEGIN SOLUTION
    generator = np.random.default_rng(seed)
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-noise", "grade": true, "points": 4}
check("noise")

# %% [markdown] nbgrader={"grade_id": "noise-plot-text", "locked": true}
# **Why it matters.** In real text the count of the $r$-th most frequent word falls about like $1/r$
# (Zipf's law). Here it does exactly that for 1,000 words. Dots: your sampler, 100,000 draws.


# %% nbgrader={"grade_id": "noise-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def three_kinds_of_noise():
    ranks = np.arange(1, 1001)
    counts = 1e6 / ranks
    q = np.asarray(noise_distribution(counts))
    # No context word is in the way: id 1000 never comes up.
    drawn = draw_negatives(np.full(20_000, 1000), 5, np.append(q, 0), seed=0)
    seen = np.bincount(np.asarray(drawn).ravel(), minlength=1000)[:1000] / 100_000
    _, axes = plt.subplots(figsize=(5, 3))
    axes.loglog(ranks, seen, ".", color="C1", markersize=3, alpha=0.5)
    for power, colour in ((1.0, "C0"), (0.75, "C1"), (0.0, "C2")):
        axes.loglog(ranks, noise_distribution(counts, power), color=colour, label=f"power {power}")
    axes.set_xlabel("rank of the word")
    axes.set_ylabel("probability")
    axes.legend(fontsize=8)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-subsample", "locked": true}
# ---
# ## 8 · Fewer frequent words
# **2 points · 15 minutes**
#
# That *fox* stands near *the* tells us nothing: everything does. So frequent words are thrown out of
# the text by chance **before** the windows are laid, which also widens the windows: words that were too
# far apart become neighbours. A word whose share of the text is $f_w$ stays with the probability
#
# $$\text{keep}_w=\min\Bigl(1,\ \sqrt{t/f_w}\Bigr),\qquad f_w=\frac{\text{count}_w}{\sum_i\text{count}_i},$$
#
# each occurrence by its own throw. In large corpora the threshold $t$ is about $10^{-5}$. (The paper
# writes the probability of being thrown out, $1-\sqrt{t/f_w}$; the program that came with it uses yet
# another formula.) With $t=0.01$, a word that makes up a quarter of the text stays with probability
# $\sqrt{0.04}=0.2$.


# %% nbgrader={"grade_id": "subsample", "solution": true}
def keep_probability(counts, threshold):
    """Return the probability with which each word stays, (V,); counts: (V,), all above 0."""
    ### BEGIN SOLUTION
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
    ### END SOLUTION


def subsample(sentences, keep, seed):
    """Return the sentences without the words that were thrown out, the others in their order.

    sentences: lists of ids; keep: (V,), the probability of each id to stay. Each occurrence is decided
    by itself. A sentence may become an empty list, but stays. Random numbers: default_rng(seed).
    """
    ### BEGIN SOLUTION
    generator = np.random.default_rng(seed)
    return [[i for i in sentence if generator.random() < keep[i]] for sentence in sentences]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-subsample", "grade": true, "points": 2}
check("subsample")

# %% [markdown] nbgrader={"grade_id": "about-cbow", "locked": true}
# ---
# ## 9 · The other way round: CBOW
# **3 points · 25 minutes**
#
# *Continuous bag of words* predicts the centre from its context. The vectors of the $C$ context words
# are **averaged**, and a softmax over all words follows:
#
# $$h=\frac1C\sum_{k=1}^C v_{c_k},\qquad z=Uh,\qquad \ell=-\log\mathrm{softmax}(z)_o ,$$
#
# where now $o$ is the word in the middle. It is the model of task 5 with $h$ in the place of $v$, so
# $\partial\ell/\partial h$ is what $\partial\ell/\partial v$ was there. Each context word gets its share of
# it: a word that stands twice in the context gets two.
#
# Two remarks on the notes. They place the vectors of the context words in $W'$ in one figure and in $W$
# in the next; in the formulas they are rows of $W$, as here. And they call CBOW the better one for
# small data; Mikolov's own advice was the reverse, so measure before you believe either.
#
# <details><summary>Hint 1: a nudge</summary>
# Contexts have different lengths (the window is cut off at the ends of a sentence), so loop over the
# examples. Everything else is in task 5.
# </details>
# <details><summary>Hint 2: the share</summary>
# h depends on each of the C vectors with the factor 1/C. Add dl/dh divided by C to the row of each
# context word, one after the other, or with np.add.at.
# </details>


# %% nbgrader={"grade_id": "cbow", "solution": true}
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    ### BEGIN SOLUTION
    loss, dW, dU = 0.0, np.zeros(W.shape), np.zeros(U.shape)
    for context, centre in zip(contexts, centres, strict=True):
        h = W[context].mean(axis=0)
        z = U @ h
        z = z - z.max()
        log_p = z - np.log(np.exp(z).sum())
        g = np.exp(log_p)
        g[centre] -= 1
        loss -= log_p[centre]
        dU += np.outer(g, h)
        np.add.at(dW, context, g @ U / len(context))
    return loss / len(contexts), dW / len(contexts), dU / len(contexts)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-cbow", "grade": true, "points": 3}
check("cbow")

# %% [markdown] nbgrader={"grade_id": "about-language", "locked": true}
# ---
# ## A language without secrets
#
# In real text nobody knows what there is to be found. So we make a language of 29 words, in which every
# sentence has the same five places:
#
# | the | age | **person** | pronoun | place |
# |---|---|---|---|---|
# | the | young | **prince** | his | palace |
# | the | old | **woman** | she | village |
#
# Ten persons differ in three ways (at court or in the village, male or female, grown up or child), and
# what stands around them is drawn accordingly, nine times out of ten; one time out of ten it is the
# opposite. *boy* and *lad* are drawn alike in all ways, *girl* and *lass* too: planted synonyms. And
# *king* differs from *man* exactly as *queen* differs from *woman*: planted analogies.
#
# Because we know the rules, we know the probability of every pair of a window of 2 words: `TRUTH[c, o]`
# is the share of pairs with centre $c$ and context $o$.

# %% nbgrader={"grade_id": "language", "locked": true}
PERSONS = {  # age, sex, place, share of the sentences
    "king": ("grown", "male", "court", 0.10),
    "queen": ("grown", "female", "court", 0.09),
    "prince": ("child", "male", "court", 0.09),
    "princess": ("child", "female", "court", 0.08),
    "man": ("grown", "male", "country", 0.15),
    "woman": ("grown", "female", "country", 0.15),
    "boy": ("child", "male", "country", 0.10),
    "girl": ("child", "female", "country", 0.10),
    "lad": ("child", "male", "country", 0.07),
    "lass": ("child", "female", "country", 0.07),
}
SIGNS = {
    "grown": ["old", "tall", "grey"],
    "child": ["young", "small", "little"],
    "male": ["his", "he", "him"],
    "female": ["her", "she", "hers"],
    "court": ["palace", "crown", "throne"],
    "country": ["village", "farm", "market"],
}
OPPOSITES = [("grown", "child"), ("male", "female"), ("court", "country")]
WORDS = ["the", *PERSONS, *(word for words in SIGNS.values() for word in words)]
ID = {word: i for i, word in enumerate(WORDS)}


def sign_distribution(value):
    """Return the probability of every word where a sign of this value is due, shape (29,)."""
    p = np.zeros(len(WORDS))
    pair = next(pair for pair in OPPOSITES if value in pair)
    for other in pair:
        for word, share in zip(SIGNS[other], (0.5, 0.3, 0.2), strict=True):
            p[ID[word]] = share * (0.9 if other == value else 0.1)
    return p


def places(person):
    """Return the distributions of the five words of a sentence on this person, shape (5, 29)."""
    age, sex, place, _ = PERSONS[person]
    fixed = np.eye(len(WORDS))
    signs = [sign_distribution(value) for value in (age, sex, place)]
    return np.stack([fixed[ID["the"]], signs[0], fixed[ID[person]], signs[1], signs[2]])


def write_sentences(number, seed):
    """Return sentences as ids, shape (number, 5)."""
    throw = np.random.default_rng(seed)
    shares = [share for *_, share in PERSONS.values()]
    who = throw.choice(len(PERSONS), size=number, p=shares)
    limits = np.stack([places(person) for person in PERSONS]).cumsum(axis=2)[who]
    draws = throw.random(size=(number, 5, 1))
    return np.minimum((limits <= draws).sum(axis=2), len(WORDS) - 1)


NEAR = [(i, j) for i in range(5) for j in range(5) if 0 < abs(i - j) <= 2]
TRUTH = sum(
    share * np.outer(places(person)[i], places(person)[j]) / len(NEAR)
    for person, (*_, share) in PERSONS.items()
    for i, j in NEAR
)
SENTENCES = write_sentences(1536, seed=1)
PAIRS = np.concatenate([SENTENCES[:, [i, j]] for i, j in NEAR])
print(len(WORDS), "words,", len(SENTENCES), "sentences,", len(PAIRS), "pairs. The first three:")
for sentence in SENTENCES[:3]:
    print("  ", " ".join(WORDS[i] for i in sentence))

# %% [markdown] nbgrader={"grade_id": "about-train", "locked": true}
# ---
# ## 10 · Training, and how far it can get
# **5 + 2 points · 50 minutes**
#
# **The floor.** Among all models, the best for a given list of pairs predicts for each centre exactly
# the shares of its contexts in the list. Its loss is the *conditional entropy*
#
# $$H=-\sum_{c,o}\frac{n_{co}}{n}\,\log\frac{n_{co}}{n_c},$$
#
# with $n_{co}$ the number of pairs $(c,o)$, $n_c$ that of pairs with centre $c$, and $n$ of all pairs. No
# training comes below. For the 30 pairs of the fox $H=1.363641$.
#
# **The training.** Stochastic gradient descent, as in word2vec with a rate that falls in a straight line:
#
# - `W` and `U` start as `scale` times standard normal numbers, both drawn, and not the same;
# - each epoch shuffles all pairs anew and goes through them in batches of `batch` pairs; what is left at
#   the end is a smaller batch;
# - with $T$ steps in all epochs together, step $\tau=0,\dots,T-1$ has the rate
#   `learning_rate` $\cdot(1-\tau/T)$.
#
# The function that computes the gradients is an argument, so the same training does softmax and negative
# sampling, and this task does not depend on your answers to others. The rates look large. That is because
# a mean over the batch reaches each row with a small part only.
#
# <details><summary>Hint 1: the floor</summary>
# Counter(map(tuple, pairs)) counts pairs, or np.add.at(n, (centres, contexts), 1) fills a table.
# Only pairs that occur are in the sum: 0 · log 0 is 0, but not in NumPy.
# </details>
# <details><summary>Hint 2: how many steps</summary>
# 30 pairs in batches of 8 make 4 steps in an epoch, the last with 6 pairs. In Python, -(-30 // 8) rounds
# up.
# </details>
# <details><summary>Hint 3: the loop</summary>
# Draw a permutation of the row numbers at the start of each epoch. A batch is the rows of `pairs` at
# `batch` successive numbers of it. Move both matrices with gradients taken before either has moved.
# </details>


# %% nbgrader={"grade_id": "train", "solution": true}
def conditional_entropy(pairs):
    """Return the mean of −log(share of the context among the pairs with this centre), in nats.

    pairs: (P, 2) integer array of (centre, context), P >= 1; the result is a number.
    """
    ### BEGIN SOLUTION
    together = Counter((int(centre), int(context)) for centre, context in pairs)
    alone = Counter(int(centre) for centre, _ in pairs)
    total = sum(n * np.log(n / alone[centre]) for (centre, _), n in together.items())
    return -total / len(pairs)
    ### END SOLUTION


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    """Return (W, U), both (size, d), after stochastic gradient descent on the pairs.

    gradients(W, U, centres, contexts) returns (loss, dW, dU) for a batch: W, U of shape (size, d),
    centres and contexts integer arrays (B,), dW and dU new NumPy arrays. pairs: (P, 2) integer array of
    (centre, context). epochs and batch are at least 1. All random numbers come from
    np.random.default_rng(seed), in whatever order; seed: a whole number.
    """
    ### BEGIN SOLUTION
    generator = np.random.default_rng(seed)
    W = scale * generator.normal(size=(size, d))
    U = scale * generator.normal(size=(size, d))
    steps = epochs * -(-len(pairs) // batch)
    step = 0
    for _ in range(epochs):
        order = generator.permutation(len(pairs))
        for start in range(0, len(pairs), batch):
            rows = pairs[order[start : start + batch]]
            _, dW, dU = gradients(W, U, rows[:, 0], rows[:, 1])
            rate = learning_rate * (1 - step / steps)
            W = W - rate * dW
            U = U - rate * dU
            step += 1
    return W, U
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-train", "grade": true, "points": 5}
check("train")

# %% [markdown] nbgrader={"grade_id": "train-plot-text", "locked": true}
# **Does it work?** Your training with your gradients of task 5, on the planted language. Two floors
# are printed: that of the 21,504 pairs, by your function, and that of the language itself, from `TRUTH`.
# For a person as centre it can be worked out by hand: *the* is a quarter of the context, three signs are
# the rest, so $H(\cdot\mid\text{person})=\ln4+\frac34\bigl(H(0.9,0.1)+H(0.5,0.3,0.2)\bigr)=2.402$.
#
# (The pairs are exactly 84 batches. With `batch=259` seven pairs are left at the end of an epoch. Try that
# and look at the curve: at such a rate the mean of a few pairs throws the vectors far off.)


# %% nbgrader={"grade_id": "train-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
def cross_entropy(W, U, shares):
    """Return the mean loss of the softmax model where shares[c, o] is the share of each pair."""
    scores = W @ U.T
    largest = scores.max(axis=1, keepdims=True)
    log_sum = largest + np.log(np.sum(np.exp(scores - largest), axis=1, keepdims=True))
    return float(np.sum(shares * (log_sum - scores)))


SHARES = np.zeros(TRUTH.shape)
np.add.at(SHARES, tuple(PAIRS.T), 1 / len(PAIRS))


def in_arrays(result):
    """Return the loss as a number and the two gradients as NumPy arrays."""
    loss, dW, dU = result
    return float(loss), np.asarray(dW), np.asarray(dU)


LEARNT = {}


@demo
def reach_the_floor():
    losses = []

    def watched(W, U, centres, contexts):
        losses.append(cross_entropy(W, U, SHARES))
        return in_arrays(softmax_gradients(W, U, centres, contexts))

    W, U = (np.asarray(M) for M in train(watched, PAIRS, len(WORDS), 10, seed=0))
    if not np.isfinite([W, U]).all():
        print("Not all numbers that the training found are finite.")
        return
    LEARNT.update(W=W, U=U)
    floor, end = float(conditional_entropy(PAIRS)), cross_entropy(W, U, SHARES)
    known = TRUTH[TRUTH > 0] / np.repeat(TRUTH.sum(axis=1), (TRUTH > 0).sum(axis=1))
    print(
        f"floor of the pairs {floor:.4f}, of the language {-np.sum(TRUTH[TRUTH > 0] * np.log(known)):.4f}"
    )
    print(f"loss at the end {end:.4f}: {100 * (end / floor - 1):.2f} % above the floor")
    _, axes = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    axes.plot([*losses, end], color="C0", linewidth=1, label="your training")
    draw_recorded(axes, "softmax: loss by step")
    axes.axhline(np.log(len(WORDS)), color="grey", linestyle=":", label="guessing, ln 29")
    axes.set_ylim(None, 3.9)
    axes.set_xlabel("step")
    axes.set_ylabel("mean loss of a pair")
    axes.legend(fontsize=8)
    plt.show()


# %% [markdown] nbgrader={"grade_id": "negative-plot-text", "locked": true}
# **Negative sampling has a floor, too.** Let $p_{co}$ be the share of a pair, and $n_{co}$ how often on
# average the pair $(c,o)$ is made up for each true pair. The loss is a sum over all pairs of
# $p\,(-\log\sigma(z))+n\,(-\log\sigma(-z))$, and each term is lowest where $\sigma(z)=p/(p+n)$, which
# means
# $$u_o\cdot v_c=\log\frac{p_{co}}{n_{co}} .$$
# With noise $n_{co}\approx K\,p_c\,q_o$ this is the *pointwise mutual information* of the two words, less
# $\log K$ (Levy and Goldberg, 2014): word2vec factorises a table of counts, without ever writing it down.
# Your samples, your gradients; the scores of all pairs that occur, against what they should be.


# %% nbgrader={"grade_id": "negative-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def factorise():
    K, q = 5, np.asarray(noise_distribution(np.bincount(PAIRS[:, 1])))
    seeds = iter(range(10**6))

    def sampled(W, U, centres, contexts):
        negatives = np.asarray(draw_negatives(contexts, K, q, seed=next(seeds)))
        return in_arrays(negative_gradients(W, U, centres, contexts, negatives))

    W, U = (np.asarray(M) for M in train(sampled, PAIRS, len(WORDS), 10, seed=0, epochs=4))
    # A true pair (c, o) makes up the pair (c, w) with probability q[w] / (1 - q[o]), w other than o.
    made_up = K * SHARES @ ((1 - np.eye(len(q))) * q / (1 - q)[:, None])
    Z = W @ U.T
    loss = np.sum(SHARES * np.logaddexp(0, -Z) + made_up * np.logaddexp(0, Z))
    there = SHARES > 0
    best = np.log(SHARES[there] / made_up[there])
    floor = np.sum(SHARES[there] * np.logaddexp(0, -best) + made_up[there] * np.logaddexp(0, best))
    print(f"floor {floor:.4f}, loss {loss:.4f}: {100 * (loss / floor - 1):.2f} % above")
    _, axes = plt.subplots(figsize=(3.6, 3.4), layout="constrained")
    axes.scatter(best, Z[there], s=400 * SHARES[there] + 1, alpha=0.5)
    axes.plot([-5, 0.5], [-5, 0.5], "k:", linewidth=1)
    axes.set_xlabel(r"$\log\,(p_{co}/n_{co})$")
    axes.set_ylabel(r"$u_o\cdot v_c$, learnt")
    plt.show()


# %% [markdown] nbgrader={"grade_id": "words-plot-text", "locked": true}
# **What was found?** The centre vectors that your training found two cells above: neighbours, analogies,
# and a map of the ten persons (the two directions in which they differ most).


# %% nbgrader={"grade_id": "words-plot", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def look_at_the_words():
    if not LEARNT:
        raise NotImplementedError
    E = LEARNT["W"]
    for word in ("boy", "lad", "girl", "lass", "he", "palace"):
        (other,) = nearest(E[ID[word]], E, 1, without=[ID[word]])
        print(f"nearest to {word}: {WORDS[other]}")
    for a, b, c in (
        ("king", "man", "woman"),
        ("prince", "boy", "girl"),
        ("princess", "queen", "king"),
    ):
        query = E[ID[a]] - E[ID[b]] + E[ID[c]]
        (found,) = nearest(query, E, 1, without=[ID[a], ID[b], ID[c]])
        print(f"{a} − {b} + {c} ≈ {WORDS[found]}")
    rows = E[[ID[person] for person in PERSONS]]
    centred = rows - rows.mean(axis=0)
    x, y = np.linalg.svd(centred, full_matrices=False)[2][:2] @ centred.T
    _, axes = plt.subplots(figsize=(5, 3.6), layout="constrained")
    axes.scatter(x, y, s=12)
    for person, at in zip(PERSONS, zip(x, y, strict=True), strict=True):
        # Of two synonyms, which lie side by side, one label goes to the left.
        left = person in ("boy", "girl")
        style = {"ha": "right" if left else "left", "va": "center", "fontsize": 9}
        offset = (-5 if left else 5, 0)
        axes.annotate(person, at, textcoords="offset points", xytext=offset, **style)
    axes.margins(0.15)
    axes.set_xticks([])
    axes.set_yticks([])
    plt.show()


# %% [markdown] nbgrader={"grade_id": "about-two-matrices", "locked": true}
# ### Why two vectors for each word?
# **2 points, marked by hand**
#
# An experiment first. The cell trains once more on the same pairs, with one matrix for both purposes, so
# that the score of word $o$ next to $c$ is $v_o\cdot v_c$. (It does not help to train longer, nor to take
# longer vectors.) Next to it stand the two matrices from above, and then cosines of their rows.


# %% nbgrader={"grade_id": "two-matrices-table", "locked": true} tags=["demo", "nbval-ignore-output"]
@demo
def one_matrix_or_two():
    if not LEARNT:
        raise NotImplementedError

    def tied(W, _, centres, contexts):
        loss, dW, dU = in_arrays(softmax_gradients(W, W, centres, contexts))
        return loss, dW + dU, 0 * dU

    V, _ = train(tied, PAIRS, len(WORDS), 10, seed=0, learning_rate=5.0, epochs=2)
    W, U, V = LEARNT["W"], LEARNT["U"], np.asarray(V)
    floor = float(conditional_entropy(PAIRS))
    for title, rows, columns in (("two matrices", W, U), ("one matrix", V, V)):
        above = 100 * (cross_entropy(rows, columns, SHARES) / floor - 1)
        P = np.exp(rows @ columns.T)
        P = P / P.sum(axis=1, keepdims=True)
        itself = ", ".join(f"P({w} | {w}) = {P[ID[w], ID[w]]:.3f}" for w in ("boy", "his"))
        print(f"{title:12}: loss {above:5.2f} % above the floor; {itself}")
    few = [ID[word] for word in ("boy", "lad", "king", "he")]
    for name, columns in (("v", W), ("u", U)):
        print(f"\ncosine of v of the row with {name} of the column")
        print(" " * 7, "".join(f"{WORDS[i]:>7}" for i in few))
        for i, row in zip(few, np.asarray(cosine(W[few], columns[few])), strict=True):
            print(f"{WORDS[i]:>7}", "".join(f"{value:7.2f}" for value in row))


# %% [markdown] nbgrader={"grade_id": "about-two-matrices-2", "locked": true}
# Answer in five to eight sentences, with numbers from the cell above:
#
# 1. Why can one matrix not reach the floor here, however long its vectors are? What would it have to say
#    about $P(\text{boy}\mid\text{boy})$, and what does the text say?
# 2. *boy* and *lad* are synonyms and never stand in one sentence. What do the cosines of $v_\text{boy}$
#    with $v_\text{lad}$ and with $u_\text{lad}$ say about them? What does a large $v_a\cdot u_b$ mean,
#    and what a large $\cos(v_a,v_b)$?
# 3. Somebody wants word vectors from you for a search engine that should find synonyms. Which numbers do
#    you hand over, and which do you compare with which?

# %% [markdown] nbgrader={"grade_id": "two-matrices", "grade": true, "solution": true, "points": 2}
# ### BEGIN SOLUTION
# 1. With one matrix the score of a word next to itself is $\lVert v\rVert^2\ge0$, the largest score
#    among words with vectors of this length: the model has to expect every word next to itself, and
#    words like itself, too. In the text no sentence holds the same word twice, so
#    $P(\text{boy}\mid\text{boy})=0$. The model with one matrix stays more than 20 % above the floor and still
#    gives *boy* next to *boy* a probability that is not small; with two it is below 1 % above the floor
#    and the probability is almost 0.
# 2. $\cos(v_\text{boy},v_\text{lad})$ is almost 1: they have the same neighbours. With $u_\text{lad}$ it is
#    strongly negative: they never are neighbours. A large $v_a\cdot u_b$ means that $b$ occurs *next to*
#    $a$; a large $\cos(v_a,v_b)$ that $a$ and $b$ can stand *in the same place*.
# 3. The rows of $W$ (or those of $U$, for skip-gram either will do), and cosines within one matrix. A
#    comparison of $W$ with $U$ would find neighbours in the text, *boy* and *his*, and not synonyms.
# ### END SOLUTION
# ### BEGIN MARK SCHEME
# **Rubric, 2 points in steps of ½.**
#
# - ½: with one matrix the score of a word with itself is a squared length, so not negative and large;
#   the text never has a word next to itself. Numbers of the cell are named.
# - ½: "however long": the reason is the form of the score, not the size. "Too few parameters" gets
#   nothing.
# - ½: $v\cdot u$: occurs next to; $\cos(v,v)$: same neighbours, can be exchanged. Both are needed.
# - ½: one of the two matrices, compared with itself. "The sum of both" is fine if a reason is given.
# ### END MARK SCHEME

# %% [markdown] nbgrader={"grade_id": "closing", "locked": true}
# ---
# ## What you have now
#
# You have written word2vec: the pairs, two losses with their gradients, the noise, the subsampling and
# the training. It found synonyms and analogies that were planted, and it came within one percent of a
# floor that you computed. Three things are worth keeping:
#
# - **Vectors come from company.** Nothing in the training knows what a word means; words with the same
#   neighbours get the same vector. That is why *hot* and *cold* are close in real word vectors, too.
# - **Know the floor.** "The loss went down" says little. "The loss is 0.6 % above the entropy" says when
#   to stop.
# - **Repeated rows are added.** Embedding layers, in torch as well, do nothing else than your
#   `np.add.at`.
#
# **Is your curve normal?** Grey in the plot of the training are right solutions on the same pairs, each
# from its own start and in its own order. [data/curves.html](data/curves.html) says how they end and
# what a step takes, and has negative sampling on a larger language. They lie so close together that
# distance means something. A rate that does not fall leaves the curve ragged and ends 5 % above the
# floor; a tenth of the rate ends 11 % above it. A curve that shoots out of the picture goes uphill,
# takes sums for means or pairs in their sorted order, or has three times the rate. A few steps outside
# are your seed. And some mistakes show nowhere: with `W` and `U` equal at the start it ends as well as
# yours.
#
# **Where to go on.** GloVe fits the table of counts directly, with a squared loss. fastText builds words
# of pieces, so that it knows words that it has never seen. And a word has one vector here, whatever the
# sentence: *bank* is a place for money and the side of a river at once. Vectors that depend on the
# sentence need attention, which is the next notebook. Try your functions on a real text, too: a novel
# has about 100,000 words; take `min_count=5`, `window=5`, $K=5$, and 50 numbers for each word.
