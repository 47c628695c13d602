"""The crawler that fetches every address the site ever handed out, and judges every byte that comes back."""
