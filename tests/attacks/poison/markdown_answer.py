"""Writes a script into the answer that a person will read.

stopped by: students' Markdown is turned into clean HTML before anybody's renderer sees it
"""
# %% why
# Because <script>alert(1)</script> it <b onclick=alert(1)>is</b>.
#
# | a | b |
# |---|---|
# | <iframe src=javascript:alert(1)> | [x](javascript:alert(1)) |
