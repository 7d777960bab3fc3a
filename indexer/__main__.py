"""`python -m indexer`: the command `khobao` as far as it needs no web application."""

from indexer.cli import cli

cli(prog_name="khobao")
