"""What lies on disk: the store of certificates, the record of a run, and its recheck with the kernel alone."""
