"""Kho Báo's library: articles in, an index out, questions answered. Usable without the web application."""
