"""Days, times and moments in the editing pages: fields that read what people type and say what they understood."""
