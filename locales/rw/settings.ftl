# Reports, settings, the audit log and long work.
