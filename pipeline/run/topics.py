"""The topics that a rule of a digest names."""

from __future__ import annotations

import difflib

from pipeline.errors import ConfigError
from pipeline.topics import load_topics


def codes_of(topic: str) -> frozenset[str]:
    """IPTC codes that a code or a label stands for: its own and those of the topics below it.

    Raises:
        ConfigError: there is no such topic; the message names the nearest.
    """
    wanted = topic.strip().casefold()
    known = load_topics()
    codes = {one.code for one in known if wanted in (one.code, one.label.casefold())}
    if not codes:
        labels = {one.label.casefold(): one for one in known}
        near = difflib.get_close_matches(wanted, labels, n=1, cutoff=0.5)
        among = [one for label, one in labels.items() if wanted in label][:1]
        meant = among or [labels[label] for label in near]
        advice = "".join(f"; did you mean {one.label!r} ({one.code})?" for one in meant)
        raise ConfigError(f"topics: no topic {topic!r} among those that articles are tagged with{advice}")
    return frozenset(codes | {one.code for one in known if one.parent in codes})
