"""What readers search for: counted by day, and asked again of a new build before it takes the old one's place."""
