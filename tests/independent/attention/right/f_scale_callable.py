"""score_statistics is an object with __call__, torch inside, matrix products of batches

task: scaling
"""

# %% scaling
class Statistics:
    names = "variance", "top_unscaled", "top_scaled"

    def top(self, s):
        return torch.exp(s.amax(dim=1) - s.logsumexp(dim=1)).mean()

    def __call__(self, Q, K):
        Q, K = torch.tensor(Q), torch.tensor(K)
        s = torch.bmm(K, Q.unsqueeze(2)).squeeze(2)
        found = s.var(correction=0), self.top(s), self.top(s.div(K.shape[2] ** 0.5))
        return dict(zip(self.names, (x.item() for x in found)))


score_statistics = Statistics()
