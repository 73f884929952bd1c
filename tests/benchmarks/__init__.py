"""Measurements, run by hand: the figures depend on the machine."""
