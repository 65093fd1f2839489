"""A view in a notebook: a page of its own that steps, is edited and reads what is typed, or a widget."""
