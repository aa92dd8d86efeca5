"""The authors' tools: comparisons, derivations, gradients, trainings."""
