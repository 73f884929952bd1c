"""Names and other words whose English is fixed: known before the translation, and held against the source after it.

terms, term_index    the known words of an article, most trusted source first
known, glossaries    what a run knows besides the lexicon: the user's files, the memory of earlier issues
bound, short_forms   names that an article gives in brackets, and what they are shortened to
lexicon              names in the news
by_rule, readings    names spelt out by rule
titles               offices that stand after a name
tagged, kinds        what a name in the English most likely names
capitals, ordinary   which English words are names
sounds, romanise     what sounds alike across scripts
places               how often a text names a place

Held against the source, beside `pipeline.text.checks.names`:

latin, given_names   names letter by letter, and persons told by their given name
katakana             names that Japanese spells by their sound
organisations        those of the lexicon
countries, territories, demonyms   countries and their people
"""
