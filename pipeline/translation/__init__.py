"""Translating sentences so that an editor can trust them: units, tries in batches, and the gate that judges them.

    units       an article's text as sentences with all that is known of them
    apart       paragraphs that are no prose and go to no model
    attempts    batches through the models, and what fails the gate once more another way
    gate        the reasons to doubt a hypothesis

Between the translate stage, which knows articles, and the backends, which know models.
"""
