"""Forty papers in sixteen languages and scripts, whose feeds are wrong in the ways in which feeds are wrong.

Each paper has what its server sends and what a reader finds in it. The texts are our own (`stories.toml`).
"""
