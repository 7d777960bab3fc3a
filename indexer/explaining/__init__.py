"""How an `Explanation` is worked out: an article is read again, and each clause asked of it."""
