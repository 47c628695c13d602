"""Reception of media files through a form, resumable uploads (tus), a watched folder and a local or remote command."""
