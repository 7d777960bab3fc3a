"""Dates as readers say them: digits, words, quarters, feasts, the lunar calendar, days counted from today."""
