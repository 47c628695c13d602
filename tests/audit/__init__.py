"""Heavy outside checkers over every public page of the demo portal; `make audit` runs them."""
