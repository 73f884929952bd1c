"""issue.json: the whole issue as data, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from pipeline.issue.channels import Channels
from pipeline.issue.issue import Issue

SCHEMA = "worldbrief-issue/1"
# What only an update has of which it is known what is new in it.
_OF_UPDATES = ("news", "new_sentences", "new_headline")


def render(issue: Issue, channels: Channels) -> str:
    """The issue as JSON with sorted keys.

    Nothing of the channels is in it: the file is published beside the page, the list of recipients is not.
    """
    data = {**asdict(issue), "schema": SCHEMA}
    if not issue.digest:
        # Where there is only one, nobody need be told which it is.
        del data["digest"]
    for section in data["sections"]:
        for item in section["items"]:
            if not any(item[name] for name in _OF_UPDATES):
                for name in _OF_UPDATES:
                    del item[name]
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
