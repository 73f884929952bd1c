"""What can be held against a translation: a module for each kind of fault; `all` lists the checks.

Checks whose reading of names, numbers and dates is their own lie with it, in the packages beside this one.
"""
