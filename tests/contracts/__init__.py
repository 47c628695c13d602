"""House rules that no tool knows: each check returns findings, each finding carries its reason."""
