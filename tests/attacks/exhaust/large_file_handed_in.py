"""Hands in a file of thirty megabytes.

stopped by: files are capped in bytes before they are read
shows: is larger than 20 MB
costs: mean
"""
# %% notebook
content = " " * 30_000_000
