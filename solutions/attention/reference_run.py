"""How a causal transformer learns a language whose entropy is known.

autograder reference attention
"""

import functools
from dataclasses import dataclass

import numpy as np
import torch
from hidden_checks import excess, problem
from torch import nn
from torch.nn import functional

from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

WARM_UP = 10


def model_of_the_check(solution, device, seed):
    """The training of the check: `train` of the solution, 60 steps of 32 texts."""
    params, batches, new = problem(seed)
    trained, _ = solution.train(params, batches)
    return Trace({"excess": Metric(excess(trained, new), floor=0.0)})


@dataclass(frozen=True)
class Scale:
    """A language and a model: letters, then width, layers, heads, then the training."""

    letters: int
    width: int
    layers: int
    heads: int
    length: int
    batch: int
    steps: int
    rate: float


SMALL = Scale(8, 32, 1, 2, 24, 32, 250, 1e-2)
# 0.8 million parameters on a CPU, 10.6 million on a GPU.
LARGE = {
    "cpu": Scale(32, 128, 4, 4, 64, 16, 400, 3e-3),
    "cuda": Scale(64, 384, 6, 6, 256, 64, 1500, 1e-3),
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
    """
    torch.manual_seed(seed)
    T = scale.length
    mask = torch.as_tensor(np.asarray(solution.causal_mask(T)), device=device)
    causal = bool(torch.equal(mask, torch.ones(T, T, dtype=torch.bool, device=device).tril()))
    model = Transformer(scale, None if causal else mask).to(device)
    size = sum(parameter.numel() for parameter in model.parameters())
    step_of = torch.compile(model) if device == "cuda" else model
    data = texts(scale.letters, scale.steps * scale.batch, T, 2 * seed).to(device)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=scale.rate, betas=(0.9, 0.99), weight_decay=0.0,
        fused=device == "cuda",
    )  # fmt: skip
    half = torch.autocast(device, torch.bfloat16, enabled=device == "cuda")
    losses, watch = [], Stopwatch(device)
    for step, x in enumerate(data.view(scale.steps, scale.batch, T)):
        if step == WARM_UP:
            watch.start()
        warm, left = (step + 1) / 20, (scale.steps - step) / scale.steps
        optimiser.param_groups[0]["lr"] = scale.rate * min(warm, 1.0, 2 * left)
        with half:
            logits = step_of(x)[:, 1:-1]
            loss = functional.cross_entropy(logits.flatten(0, 1).float(), x[:, 2:].flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.detach())
    seconds, steps = watch.stop(), scale.steps - WARM_UP
    chance, entropy = language(scale.letters)
    true = torch.as_tensor(chance, device=device)
    x = texts(scale.letters, 64, T, 2 * seed + 1).to(device)
    with torch.no_grad(), half:
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
        {f"{name}: a step": timing},
    )


def small(solution, device, seed):
    """One block of width 32 on 8 letters."""
    return learn(solution, device, seed, SMALL, "small")


def large(solution, device, seed):
    """Four blocks of width 128 on a CPU, six of width 384 on a GPU."""
    return learn(solution, device, seed, LARGE[device], "large")


PARTS = {"check": model_of_the_check, "small": small, "large": large}
CPU_ONLY = ("check",)
WRONG = {
    "check": ["model_sees_the_next_letter", "model_predicts_itself"],
    "small": ["mask_sees_the_next"],
}
