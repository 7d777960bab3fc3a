"""The commands of `khobao`, one a module: parse, call the library, print."""
