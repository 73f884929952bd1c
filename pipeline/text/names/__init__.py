"""Names and other words whose English is fixed: known before the translation, and held against the source after it.

terms, term_index    the known words of an article, most trusted source first
bound, short_forms   names that an article gives in brackets, and what they are shortened to
lexicon              names in the news
by_rule, readings    names spelt out by rule
titles               offices that stand after a name
check, latin         names of the English against their source: by sound, or letter by letter
sounds, romanise     what sounds alike across scripts
capitals, ordinary   which English words are names
countries, territories, demonyms   countries and their people
"""
