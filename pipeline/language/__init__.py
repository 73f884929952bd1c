"""What is known of languages, whatever text is written in them: their codes and their scripts."""
