"""The issue in a folder with all issues before it."""
