"""Translating sentences so that an editor can trust them: units, tries in batches, and the gate that judges them.

units, apart           an article's text as sentences with all that is known of them; what goes to no model
lexicon                what dictionaries know of a sentence
routes                 where a sentence can go
corrections            sentences whose English a person gave
attempts, memory       batches through the models, and what fails the gate once more another way
gate                   the reasons to doubt a hypothesis
evidence, confidence   what else is known of it, and how probable that makes it

Between the translate stage, which knows articles, and the backends, which know models.
"""
