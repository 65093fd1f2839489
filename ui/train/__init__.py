"""What the page Train is made of: settings, the stage on which a network learns, and where it goes on."""
