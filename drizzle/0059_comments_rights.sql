-- Comments on versions, who has read them, and attached files. A comment is never deleted, it only loses its words.
GRANT SELECT, INSERT, UPDATE ON version_comments TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON version_comment_reads, attachments TO app;--> statement-breakpoint
-- What somebody wrote with a decision goes when they are erased; the decision stays.
GRANT UPDATE (note, checklist) ON version_decisions TO app;--> statement-breakpoint
SELECT sys.track_changes('version_comments', 'id', 'organization_id,log');--> statement-breakpoint
SELECT sys.track_changes('attachments', 'id', 'organization_id,storage_key');
