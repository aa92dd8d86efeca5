"""Hands in a file in which numbers have a million digits.

stopped by: the file's reader: what Python will not turn into a number is no notebook
shows: .
costs: mean
"""
# %% notebook
import json

content = json.dumps(notebook).replace('"nbformat": 4', '"nbformat": ' + "4" * 1_000_000)
