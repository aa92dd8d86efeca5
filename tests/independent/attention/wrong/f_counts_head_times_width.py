"""score_multiplications multiplies n*n*D by the number of heads although each head has only D/H columns

task: multi-head
"""

# %% counts
n, D, H, F = (sizes[name] for name in "nDHF")
my_counts = {
    "attention_parameters": 4 * D * D,
    "feed_forward_parameters": D * F + F + F * D + D,
    "weights_kept": H * n * n,
    "score_multiplications": H * n * n * D,
}
