"""Lets a program print for ever in its place.

stopped by: what a cell shows is capped; then memory or clock
shows: ran longer than|[Mm]emory
"""
# %%
!yes
