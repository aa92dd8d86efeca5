"""How skip-grams reach the floor that their language sets: by softmax, and by negative sampling.

autograder reference word2vec
"""

import functools
from dataclasses import dataclass

import numpy as np
import torch
from hidden_checks import ends, planted
from torch.nn import functional

from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

WARM_UP = 20
TOPICS, K = 8, 5


def check(solution, device, seed):
    """The training of the checks: `train` of the solution on the planted language of the checks."""
    floor = float(solution.conditional_entropy(planted()[0]))
    return Trace(
        {
            "loss": Metric(ends(solution.train, seed, "loss"), floor=floor),
            "relations": Metric(ends(solution.train, seed, "relations"), "larger"),
        }
    )


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
    """Train vectors on a planted corpus: the solution's noise, Adam, a rate that falls to zero."""
    scale = SCALES[device]
    joint = language(scale.words)
    generator = np.random.default_rng(seed)
    drawn = generator.choice(joint.size, size=scale.tokens // 2, p=joint.reshape(-1))
    first, second = np.divmod(drawn, scale.words)
    pairs = torch.tensor(
        np.concatenate([np.stack([first, second], 1), np.stack([second, first], 1)]), device=device
    )
    counts = np.bincount(pairs[:, 0].cpu(), minlength=scale.words)
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
            losses.append(loss.detach())
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


PARTS = {"check": check, "negative sampling": negative_sampling}
CPU_ONLY = ("check",)
WRONG = {
    "check": ["train_constant_rate"],
    "negative sampling": ["noise_uniform", "noise_of_raw_counts"],
}
