"""How a causal transformer learns a language whose entropy is known.

autograder reference attention
"""

import functools
import warnings
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import torch
from hidden_checks import excess, problem
from torch import nn
from torch.nn import functional

from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

WARM_UP = 10
FAST = ("cuda",)  # where bfloat16, compiling and a fused optimiser pay: not on one CPU thread


def model_of_the_check(solution, device, seed):
    """The training of the check: `train` of the solution, 60 steps of 32 texts."""
    params, batches, new = problem(seed)
    trained, _ = solution.train(params, batches)
    return Trace({"excess": Metric(excess(trained, new), floor=0.0)})


def as_in_the_notebook(solution, device, seed):
    """`train` on 300 batches of the notebook's language, as its plot has it.

    Every run has its own start and its own texts. The loss is the mean of ten batches; how a run
    ends is measured on new texts, from the third letter on.
    """
    steps, count, length, rate = 300, 32, 8, 0.007
    batches = solution.texts(steps * count, length, seed=2 * seed).reshape(steps, count, length)
    start, watch = solution.start(seed), Stopwatch(device)
    solution.train(start, batches[:WARM_UP], learning_rate=rate)
    watch.start()
    trained, losses = solution.train(start, batches, learning_rate=rate)
    size, width = sum(value.numel() for value in start.values()), start["tokens"].shape[1]
    flops = 6 * count * length * (size + length * width)
    timing = Timing(watch.stop(), steps, steps * count * length, "letters", flops)
    chance = 0.05 + 0.75 * torch.eye(len(solution.SUCCESSOR))[solution.SUCCESSOR]
    entropy = float(-(chance[0] * chance[0].log()).sum())
    new = solution.texts(500, length, seed=2 * seed + 1)
    with torch.no_grad():
        log_p = solution.causal_logits(trained, new)[0][:, 1:-1].log_softmax(-1)
    true = chance[new[:, :-2]]
    over = float((true * (true.log() - log_p)).sum(-1).mean() / entropy)
    # The second letter can be any, and nothing predicts the first.
    floor = (np.log(len(chance)) + (length - 2) * entropy) / (length - 1)
    smooth = np.reshape(losses, (-1, 10)).mean(axis=1).tolist()
    return Trace(
        {"language model: loss above the entropy, as a share of it": Metric(over, floor=0.0)},
        {"language model: loss by step": Curve(smooth, every=10, floor=floor)},
        {"language model: a step": timing},
    )


@dataclass(frozen=True)
class Scale:
    """A language and a model: letters, then width, layers, heads, then the training.

    The rate rises over `warm` steps, stays, and falls to zero over the second half.
    """

    letters: int
    width: int
    layers: int
    heads: int
    length: int
    batch: int
    steps: int
    rate: float
    warm: int = 20


SMALL = Scale(8, 32, 1, 2, 24, 32, 250, 1e-2)
# 0.8 million parameters on a CPU, 10.8 million on a GPU.
LARGE = {
    "cpu": Scale(32, 128, 4, 4, 32, 16, 400, 4e-3),
    "cuda": Scale(64, 384, 6, 6, 256, 64, 1500, 1e-3, warm=100),
}


@functools.cache
def language(letters):
    """The chances of each letter after the last but one, and the entropy of a letter in nats.

    x_t is drawn from row x_(t-2): a model must look two back, and one back tells nothing. The
    entropy is that of the rows, weighted by how often they occur.
    """
    chance = np.random.default_rng(letters).dirichlet(np.full(letters, 0.3), size=letters)
    chance = 0.98 * chance + 0.02 / letters
    often = np.full(letters, 1 / letters)
    for _ in range(2000):
        often = often @ chance
    return chance, float(-(often[:, None] * chance * np.log(chance)).sum())


def texts(letters, number, length, seed):
    """Texts of the language, (number, length) int64, the first two letters of each uniform."""
    generator = np.random.default_rng(seed)
    steps = language(letters)[0].cumsum(axis=1)
    x = generator.integers(letters, size=(number, length))
    for t in range(2, length):
        u = generator.random(number)
        x[:, t] = (u[:, None] > steps[x[:, t - 2]]).sum(axis=1).clip(max=letters - 1)
    return torch.from_numpy(x)


class Block(nn.Module):
    """One pre-norm block of self-attention and a feed-forward network of four times the width."""

    def __init__(self, scale, mask):
        super().__init__()
        D = scale.width
        self.heads, self.mask = scale.heads, mask
        self.norm1, self.norm2 = nn.LayerNorm(D), nn.LayerNorm(D)
        self.project, self.out = nn.Linear(D, 3 * D), nn.Linear(D, D)
        self.feed = nn.Sequential(nn.Linear(D, 4 * D), nn.GELU(), nn.Linear(4 * D, D))

    def forward(self, X):
        """X and the result: (B, T, D)."""
        B, T, D = X.shape
        parts = self.project(self.norm1(X)).view(B, T, 3, self.heads, D // self.heads)
        Q, K, V = parts.permute(2, 0, 3, 1, 4)
        # Without a mask that has to be read the fused causal kernel does it.
        mask = None if self.mask is None else self.mask[:T, :T]
        mixed = functional.scaled_dot_product_attention(
            Q, K, V, attn_mask=mask, is_causal=mask is None
        )
        X = X + self.out(mixed.transpose(1, 2).reshape(B, T, D))
        return X + self.feed(self.norm2(X))


class Transformer(nn.Module):
    """Letters and learned positions in, blocks, one more normalisation, logits out."""

    def __init__(self, scale, mask):
        super().__init__()
        self.letters = nn.Embedding(scale.letters, scale.width)
        self.positions = nn.Parameter(0.02 * torch.randn(scale.length, scale.width))
        self.blocks = nn.Sequential(*(Block(scale, mask) for _ in range(scale.layers)))
        self.norm, self.out = nn.LayerNorm(scale.width), nn.Linear(scale.width, scale.letters)
        for name, parameter in self.named_parameters():
            if name.endswith("weight") and parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02 if name == "letters.weight" else
                                parameter.shape[1] ** -0.5)  # fmt: skip

    def forward(self, x):
        """Logits (B, T, V) of the letter after each of x, (B, T)."""
        return self.out(self.norm(self.blocks(self.letters(x) + self.positions[: x.shape[1]])))


def learn(solution, device, seed, scale, name):
    """Train a transformer under the solution's causal mask and compare it with the truth.

    `excess` is the mean relative entropy from the true chances of a letter to the model's, over
    texts that it has not seen, as a share of the language's entropy. It is 0 for the truth alone.
    It is measured in float32 everywhere, so that the rounding of bfloat16 is no part of it.
    """
    torch.manual_seed(seed)
    T = scale.length
    allowed = np.asarray(solution.causal_mask(T))
    causal = np.array_equal(allowed, np.tri(T, dtype=bool))
    mask = None if causal else torch.tensor(allowed, device=device)
    model = Transformer(scale, mask).to(device)
    size = sum(parameter.numel() for parameter in model.parameters())
    data = texts(scale.letters, scale.steps * scale.batch, T, 2 * seed).to(device)
    data = data.view(scale.steps, scale.batch, T)
    step_of, how = (model, "") if device not in FAST else compiled(model, data[0])
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=scale.rate, betas=(0.9, 0.99), weight_decay=0.0, fused=device in FAST
    )
    losses, watch = [], Stopwatch(device)
    for step, x in enumerate(data):
        if step == WARM_UP:
            watch.start()
        warm, left = (step + 1) / scale.warm, (scale.steps - step) / scale.steps
        optimiser.param_groups[0]["lr"] = scale.rate * min(warm, 1.0, 2 * left)
        loss = loss_of(step_of, x)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.detach())  # float(loss) would wait for the device at every step
    seconds, steps = watch.stop(), scale.steps - WARM_UP
    chance, entropy = language(scale.letters)
    true = torch.tensor(chance, device=device)
    x = texts(scale.letters, 64, T, 2 * seed + 1).to(device)
    with torch.no_grad():
        log_p = model(x)[:, 1:-1].double().log_softmax(-1)
    # Row x_(t-1) holds the chances of x_(t+1).
    rows = true[x[:, :-2]]
    over = float((rows * (rows.log() - log_p)).sum(-1).mean() / entropy)
    tokens = scale.batch * T
    # Forward and backward: 6 operations for a weight and token; scores and their use likewise.
    flops = 6 * tokens * (size + scale.layers * T * scale.width)
    # Weights, gradients and both moments, in float32, as often as they have to be moved.
    timing = Timing(seconds, steps, tokens * steps, "tokens", flops, 36 * size)
    smooth = torch.stack(losses).view(-1, 10).mean(1).tolist()
    return Trace(
        {
            f"{name}: loss above the entropy, as a share of it": Metric(
                over, floor=0.0, required=0.02
            )
        },
        {f"{name}: loss by step": Curve(smooth, every=10, floor=entropy)},
        {f"{name}: a step{how}": timing},
    )


def loss_of(model, x):
    """The mean loss of each letter from the third on, with bfloat16 where that is fast."""
    device = x.device.type
    with torch.autocast(device, torch.bfloat16) if device in FAST else nullcontext():
        logits = model(x)[:, 1:-1]
        return functional.cross_entropy(logits.flatten(0, 1).float(), x[:, 2:].flatten())


def compiled(model, x):
    """The model compiled for batches like x, and what to say of it in the name of a timing.

    Where torch cannot compile, the model comes back as it is: Triton wants a C compiler.
    """
    # A process makes many runs, and after eight models torch would silently compile no more.
    torch.compiler.reset()
    fast = torch.compile(model, dynamic=False)
    try:
        loss_of(fast, x).backward()  # what is compiled late is compiled now
    except torch.cuda.OutOfMemoryError:  # to run uncompiled would not help
        raise
    except Exception as error:  # each backend has its own; what is wrong with the model comes again
        why = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        warnings.warn(f"torch.compile failed, so it runs uncompiled: {why}", stacklevel=2)
        model.zero_grad()
        return model, ", uncompiled"
    model.zero_grad()
    return fast, ""


def small(solution, device, seed):
    """A transformer of torch, trained under the notebook's mask: one block of width 32, 8 letters."""
    return learn(solution, device, seed, SMALL, "small")


def large(solution, device, seed):
    """Four blocks of width 128 on a CPU, six of width 384 on a GPU."""
    return learn(solution, device, seed, LARGE[device], "large")


PARTS = {
    "check": model_of_the_check,
    "as in the notebook": as_in_the_notebook,
    "small": small,
    "large": large,
}
CPU_ONLY = ("check", "as in the notebook")
WRONG = {
    "check": ["language-model.sees_the_next_letter", "language-model.predicts_itself"],
    "as in the notebook": [
        "language-model.sees_the_next_letter",
        "language-model.predicts_itself",
        "language-model.gradients_pile_up",
    ],
    "small": ["masks.sees_the_next"],
}
