"""What can be held against a translation without a model: a module for each kind of fault.

Each function takes the source, its language and the English, and gives doubts. Checks of numbers, dates and names lie
with what reads them, in the packages beside this one.
"""
