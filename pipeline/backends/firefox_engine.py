"""The child process of `pipeline.backends.firefox`: one engine, JSON lines in and out.

It says `{"texts": []}` once the model is loaded, then answers each list of texts with `{"texts": [...]}`. After
`{"error": "..."}` it ends. It ends as well when its standard input closes, so it does not outlive its parent.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path


def main(path: Path) -> None:
    """Serve until standard input closes."""
    # Ctrl-C reaches the whole process group, a service manager's SIGTERM all of its processes; the parent decides what
    # they mean.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        import fxtranslate

        source = _one(path, "srcvocab.*.spm", "vocab.*.spm")
        target = _one(path, "trgvocab.*.spm", "vocab.*.spm")
        engine = fxtranslate.Translator(_one(path, "model.*.bin"), source, target, _maybe(path, "lex.*.bin"))
        _say({"texts": []})
        for line in sys.stdin.buffer:
            _say({"texts": [engine.translate(text) for text in json.loads(line)]})
    except BaseException as error:  # the engine's panics are no `Exception`
        _say({"error": str(error) or type(error).__name__})


def _say(answer: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def _maybe(path: Path, *patterns: str) -> bytes | None:
    for pattern in patterns:
        for file in sorted(path.glob(pattern)):
            return file.read_bytes()
    return None


def _one(path: Path, *patterns: str) -> bytes:
    found = _maybe(path, *patterns)
    if found is None:
        raise ValueError(f"no {' or '.join(patterns)} in it")
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
