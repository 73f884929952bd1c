"""Documents through the stages: what is looked up, made, kept and set aside."""
