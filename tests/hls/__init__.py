"""A strict checker of HLS after RFC 8216 and its second edition, measured against the media themselves."""
