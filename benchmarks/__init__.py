"""The benchmark: the same submissions through us, nbgrader and otter, in one run."""
