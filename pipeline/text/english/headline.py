"""What makes a headline of a line."""


def as_headline(text: str) -> str:
    """A line as a headline: without the full stop, and the quotation marks that models put around a lone line."""
    stripped = text.strip()
    if len(stripped) > 2 and stripped[0] in '"“' and stripped[-1] in '"”' and not set(stripped[1:-1]) & set('"“”'):
        stripped = stripped[1:-1].strip()
    if stripped.endswith(".") and not stripped.endswith(("..", "U.S.", "U.K.", "Jr.", "Inc.", "Co.", "Ltd.")):
        stripped = stripped[:-1]
    return stripped
