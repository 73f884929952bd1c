"""The page on which an editor reads an issue beside its originals and decides, and the server that saves it."""
