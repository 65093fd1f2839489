"""What sentences on the screen say of networks, as something that can be measured."""
