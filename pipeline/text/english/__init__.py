"""What is made of an article once it is English: its summary, its keyphrases and the names in it."""
