"""Never returns from an answer.

stopped by: the grader's clock
shows: took longer than
"""
# %% double
def double(x):
    while True:
        pass
