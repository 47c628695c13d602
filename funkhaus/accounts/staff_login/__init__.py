"""How staff log in: password, second factor, and the page that a login in another window ends on."""
