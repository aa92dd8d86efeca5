"""plain Python with math and lists, no NumPy in the dictionary at all

task: by-hand
"""

# %% by-hand
import math

q, keys, values = numbers["query"], numbers["keys"], numbers["values"]
s = [sum(x * y for x, y in zip(q, k)) / math.sqrt(len(q)) for k in keys]
odds = [math.exp(x) for x in s]
a = [x / math.fsum(odds) for x in odds]
my_attention = dict(
    output=tuple(math.fsum(w * v[c] for w, v in zip(a, values)) for c in (0, 1)),
    weights=tuple(a),
    scores=s,
)
