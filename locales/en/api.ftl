# The JSON API and its page.
