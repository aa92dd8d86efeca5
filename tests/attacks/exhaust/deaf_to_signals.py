"""Blocks and ignores every signal that can be, and sleeps for a day.

stopped by: the grader's clock; a session is killed, not asked
shows: waited for longer than
"""
# %%
import signal, time

for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
time.sleep(86400)
