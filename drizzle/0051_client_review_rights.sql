-- Versions of what customers look at, and what they decided. A decision is never changed or taken back.
GRANT SELECT, INSERT, UPDATE ON deliverable_versions TO app;--> statement-breakpoint
GRANT SELECT, INSERT ON version_decisions TO app;--> statement-breakpoint
SELECT sys.track_changes('deliverable_versions', 'id', 'organization_id,shown_digest');
