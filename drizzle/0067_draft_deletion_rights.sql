-- Drafts alone: the policy `drafts_only` keeps what was sent.
GRANT DELETE ON deliverable_versions TO app;
