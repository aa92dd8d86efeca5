"""Starts a process that detaches itself twice, to live on after its session.

stopped by: seccomp: setsid, setpgid; a session is killed with its whole group
prize: still here
again: yes
"""
# %%
import os, subprocess, time

if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        pass
    if os.fork() == 0:
        time.sleep(120)
    os._exit(0)
subprocess.Popen("trap '' HUP TERM; (sleep 120 &) ; nohup sleep 120 & disown", shell=True)
print(subprocess.run("pgrep -f 'sleep 120' | wc -l", shell=True, capture_output=True).stdout)
