# What was said, noted and filed with an account.
