"""`python -m pipeline` is `worldbrief`."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """The command; Ctrl-C while its modules are still being loaded ends it without a traceback, too."""
    try:
        from pipeline.cli.app import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
