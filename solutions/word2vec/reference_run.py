"""How skip-grams reach the floor that their language sets: by softmax, and by negative sampling.

autograder reference word2vec
"""

import functools
from dataclasses import dataclass

import numpy as np
import torch
from hidden_checks import end, planted
from torch.nn import functional

from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

WARM_UP = 20
TOPICS, K = 8, 5


def check(solution, device, seed):
    """The training of the checks: `train` of the solution on the planted language of the checks."""
    floor = float(solution.conditional_entropy(planted()))
    return Trace({"loss": Metric(end(solution.train, seed), floor=floor)})


def as_in_the_notebook(solution, device, seed):
    """`train` with `softmax_gradients` on the pairs of the notebook, as its plot has it.

    Every run has the same pairs and its own start and order. The loss is that of all pairs.
    """
    watch, seen = Stopwatch(device), []

    def watched(W, U, centres, contexts):
        if len(seen) == WARM_UP:
            watch.start()
        # The losses are computed afterwards, so that the clock does not count them.
        seen.append((np.array(W), np.array(U)))
        return solution.softmax_gradients(W, U, centres, contexts)

    words, width, batch = len(solution.WORDS), 10, 256
    ended = solution.train(watched, solution.PAIRS, words, width, seed)
    timed = len(seen) - WARM_UP
    # Scores and both gradients: three products of this size.
    flops = 6 * batch * words * width
    timing = Timing(watch.stop(), timed, timed * batch, "pairs", flops)
    shares = np.zeros((words, words))
    np.add.at(shares, tuple(solution.PAIRS.T), 1 / len(solution.PAIRS))
    losses = [softmax_loss(W, U, shares) for W, U in [*seen, ended]]
    floor = float(solution.conditional_entropy(solution.PAIRS))
    return Trace(
        {"softmax: loss over its floor": Metric(losses[-1] / floor, floor=1.0, required=1.01)},
        {"softmax: loss by step": Curve(losses, floor=floor, at=range(len(losses)))},
        {"softmax: a step": timing},
    )


def softmax_loss(W, U, shares):
    """The mean loss of the softmax model where shares[c, o], (V, V), is the share of each pair."""
    log_p = torch.from_numpy(W @ U.T).log_softmax(1).numpy()
    return float(-(shares * log_p).sum())


@dataclass(frozen=True)
class Scale:
    """Tokens of the corpus, two in a sentence; words; width; pairs in a batch; passes; rate."""

    tokens: int
    words: int
    width: int
    batch: int
    passes: int
    rate: float


SCALES = {
    "cpu": Scale(100_000, 64, 16, 1000, 6, 0.03),
    "cuda": Scale(10_000_000, 1000, 64, 20_000, 2, 0.01),
}


@functools.cache
def language(words):
    """The chance of each ordered pair of words in one sentence, (V, V), symmetric.

    Words fall into topics, half of the pairs keep theirs. What a word says about its neighbour is
    known from its topic alone, so that vectors of a few dimensions can hold it all.
    """
    generator = np.random.default_rng(words)
    topic = np.arange(words) % TOPICS
    share = generator.dirichlet(np.full(words // TOPICS, 2.0), size=TOPICS)
    within = np.zeros((TOPICS, words))
    for t in range(TOPICS):
        within[t, topic == t] = share[t]
    joint = generator.dirichlet(np.ones(TOPICS * TOPICS)).reshape(TOPICS, TOPICS)
    joint = 0.5 * np.diag(generator.dirichlet(np.full(TOPICS, 5.0))) + 0.25 * (joint + joint.T)
    return within.T @ joint @ within


def population_loss(scores, joint, noise):
    """What negative sampling costs a pair in the mean, exactly, and the least that it can cost.

    scores: (V, V), those of each centre and context; joint: their chances. The best score is
    log p(context | centre) - log(K q(context)), see Levy and Goldberg 2014, for noise q.
    """
    centre = joint.sum(axis=1, keepdims=True)

    def loss(s):
        return float(
            (joint * np.logaddexp(0, -s)).sum() + K * (centre * noise * np.logaddexp(0, s)).sum()
        )

    return loss(scores), loss(np.log(joint / centre) - np.log(K * noise))


def negative_sampling(solution, device, seed):
    """Vectors from a planted corpus, by torch's Adam and a rate that falls to zero.

    The negatives are drawn from `noise_distribution`.
    """
    scale = SCALES[device]
    joint = language(scale.words)
    generator = np.random.default_rng(seed)
    drawn = generator.choice(joint.size, size=scale.tokens // 2, p=joint.reshape(-1))
    first, second = np.divmod(drawn, scale.words)
    both = np.concatenate([np.stack([first, second], 1), np.stack([second, first], 1)])
    pairs = torch.tensor(both, device=device)
    counts = np.bincount(both[:, 0], minlength=scale.words)
    noise = torch.tensor(np.asarray(solution.noise_distribution(counts)), device=device)
    torch.manual_seed(seed)
    shape = scale.words, scale.width
    W = (0.3 * torch.randn(shape)).to(device).requires_grad_()
    U = (0.3 * torch.randn(shape)).to(device).requires_grad_()
    optimiser = torch.optim.Adam([W, U], lr=scale.rate, fused=device == "cuda")
    batches = len(pairs) // scale.batch
    steps, step, losses, watch = scale.passes * batches, 0, [], Stopwatch(device)
    for _ in range(scale.passes):
        order = torch.randperm(len(pairs), device=device)
        for rows in order[: batches * scale.batch].view(batches, scale.batch):
            if step == WARM_UP:
                watch.start()
            centres, contexts = pairs[rows].unbind(1)
            negatives = torch.multinomial(noise, K * scale.batch, replacement=True)
            negatives = negatives.view(scale.batch, K)
            v = W[centres]
            right = (v * U[contexts]).sum(1)
            wrong = torch.einsum("nd,nkd->nk", v, U[negatives])
            loss = functional.softplus(-right).mean() + functional.softplus(wrong).sum(1).mean()
            optimiser.param_groups[0]["lr"] = scale.rate * (1 - step / steps)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.detach())  # float(loss) would wait for the device at every step
            step += 1
    timed = step - WARM_UP
    # Scores forward and both gradients: three products of width d for each of 1 + K words a pair.
    flops = 6 * scale.batch * (1 + K) * scale.width
    moved = 4 * scale.batch * (2 + K) * scale.width * 3 + 72 * W.numel()
    timing = Timing(watch.stop(), timed, timed * scale.batch, "pairs", flops, moved)
    scores = (W @ U.T).detach().double().cpu().numpy()
    true = noise_of_the_text(joint)
    end, floor = population_loss(scores, joint, true)
    smooth = torch.stack(losses[: steps // 10 * 10]).view(-1, 10).mean(1).tolist()
    return Trace(
        {"negative sampling: loss over its floor": Metric(end / floor, floor=1.0, required=1.01)},
        {"negative sampling: loss": Curve(smooth, every=10, floor=floor)},
        {"negative sampling: a step": timing},
    )


def noise_of_the_text(joint):
    """The noise that word2vec asks for: chances to the power of 3/4, scaled."""
    weights = joint.sum(axis=1) ** 0.75
    return weights / weights.sum()


PARTS = {
    "check": check,
    "as in the notebook": as_in_the_notebook,
    "negative sampling": negative_sampling,
}
CPU_ONLY = ("check", "as in the notebook")
WRONG = {
    "check": ["train.constant_rate"],
    "as in the notebook": ["train.constant_rate", "softmax.overwritten", "softmax.seen_words_only"],
    "negative sampling": ["noise.uniform", "noise.of_raw_counts"],
}
