"""What checks are written with: comparisons, derivations, gradients, trainings."""
