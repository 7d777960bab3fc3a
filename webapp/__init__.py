"""Kho Báo's web application: one face of the library in `indexer`. It is put together in `webapp.app`."""
