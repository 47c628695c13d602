"""Jobs: the queue, the lease that a worker holds, its heartbeat, the outcomes."""
