"""Families of translation models: which architecture a checkpoint has, and so how it is asked to translate."""

from __future__ import annotations

from typing import Literal

Family = Literal["marian", "m2m100", "nllb", "t5", "instruct"]
"""marian: OPUS-MT, tc-big. m2m100: M2M-100. nllb: NLLB-200. t5: MADLAD-400. instruct: a chat model, asked by prompt."""
