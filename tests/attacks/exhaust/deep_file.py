"""Hands in a file of brackets within brackets.

stopped by: files are capped in depth
shows: deep|far more lists
costs: mean
"""
# %% notebook
content = '{"cells": ' + "[" * 500_000 + "]" * 500_000 + "}"
