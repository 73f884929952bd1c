"""What is known of languages, whatever text is written in them.

codes, scripts   every form of their codes; what they are written in
facts            the file of a language, `data/<code>.toml`, as one frozen value
section          what its tables have in common
wording, words, quantities, times, naming, pages   its tables
calendars        eras, and the English names of months and days
other_calendars  the common dates of those of Ethiopia, Bangladesh, Nepal and the lunar one of Islam
"""
