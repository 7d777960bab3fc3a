"""What a reader may have meant: the likeliest spellings of unmarked words, and corrections of mistyped ones.

Knows the archive's words and pairs of neighbours, and nothing of engines, queries or articles.
"""
