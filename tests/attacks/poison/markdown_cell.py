"""Writes a script into a Markdown cell.

stopped by: students' Markdown is turned into clean HTML before anybody's renderer sees it
"""
# %% markdown
# # My answer
# <script>alert(1)</script> <img src=x onerror=alert(1)>
#
# [your score](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>
