"""Bytes of any era -> text. Pure. `decode` takes Unicode alone, `recognise` whatever it can tell, `mend` text."""

from indexer.sources.charset.decoded import Decoded, Undecodable
from indexer.sources.charset.garbling import mend
from indexer.sources.charset.recognition import recognise
from indexer.sources.charset.unicode import decode

__all__ = ["Decoded", "Undecodable", "decode", "mend", "recognise"]
