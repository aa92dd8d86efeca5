"""Never ends, and catches whatever could end it.

stopped by: the grader's clock; a session is killed, not asked
shows: ran longer than
"""
# %%
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
