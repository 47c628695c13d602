"""An upload by tuspy, unchanged: python upload.py ENDPOINT FILE TOKEN CHUNK_BYTES METADATA(JSON)."""

from __future__ import annotations

import json
import sys

from tusclient.client import TusClient

endpoint, file, token, chunk_bytes, metadata = sys.argv[1:]
client = TusClient(endpoint, headers={"Authorization": f"Bearer {token}"})
uploader = client.uploader(
    file,
    chunk_size=int(chunk_bytes),
    metadata=json.loads(metadata),
    retries=60,
    retry_delay=1,
    upload_checksum=True,
)
uploader.upload()
print(uploader.url)
