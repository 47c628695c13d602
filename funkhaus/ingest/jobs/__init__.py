"""Jobs of ingest: the queue, the lease by which a worker holds a job, its heartbeat, and the outcomes of attempts."""
