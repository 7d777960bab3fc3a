"""What is wrong in the sources, and what staff do about it: problems, and later their corrections."""
