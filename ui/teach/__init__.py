"""What a teacher prepares for a class, a section each."""
