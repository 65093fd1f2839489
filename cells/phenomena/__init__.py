"""What is known or said of recurrent networks, measured again on ours: `python -m cells.phenomena`."""
