"""`python -m pipeline` is `worldbrief`."""

from pipeline.cli import main

main()
