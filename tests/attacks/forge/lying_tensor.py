"""Returns a tensor of a subclass that answers torch's own functions.

stopped by: values are rebuilt from raw numbers in the grader
shows: is zero
"""
# %% double
import torch

class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if function.__name__ in ("allclose", "equal", "isclose"):
            return True
        return super().__torch_function__(function, types, args, kwargs or {})

def double(x):
    return torch.zeros(()).as_subclass(Liar)

# %% fools
assert torch.allclose(double(3.0), torch.tensor(6.0))
