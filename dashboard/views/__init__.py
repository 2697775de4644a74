"""One file a page: read the choices, ask a view model, draw."""
