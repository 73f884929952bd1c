"""`python -m pipeline` is `worldbrief`."""

from pipeline.cli.app import main

main()
