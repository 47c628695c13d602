"""The login of staff: password, second factor, and the page that ends a login in another window."""
