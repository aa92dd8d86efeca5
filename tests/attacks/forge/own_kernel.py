"""Asks to be run by a kernel, and in a language, of its own choice.

stopped by: the notebook's own metadata is dropped
"""
# %% notebook
notebook["metadata"] = {
    "kernelspec": {"name": "mine", "display_name": "mine", "argv": ["sh", "-c", "echo 5"]},
    "language_info": {"name": "sh"},
}
