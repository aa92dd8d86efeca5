"""Sessions: the zygote that forks them, the process of each, and the handle of the grader."""
