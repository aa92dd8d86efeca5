"""Leaves a job for cron, at or systemd to run when the session has ended.

stopped by: Landlock: nothing but its own folder may be written
prize: job left
"""
# %%
import os, subprocess

for folder in ("/var/spool/cron", "/var/spool/cron/crontabs", "/etc/cron.d", "/etc/systemd/system",
               "/run/systemd/system", "/etc/profile.d", "/etc/ld.so.preload.d"):
    try:
        open(folder + "/mallory", "w").write("* * * * * root touch /tmp/mallory\n")
        print("job", "left in", folder)
    except OSError as error:
        print(error)
job = "echo '* * * * * touch /tmp/mallory' | crontab - ; echo true | at now"
print(subprocess.run(job, shell=True, capture_output=True).returncode)
