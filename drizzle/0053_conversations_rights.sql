-- A project's conversation. Messages keep their place when their words go; nothing is deleted but how far somebody read.
GRANT SELECT, INSERT, UPDATE ON messages TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON message_reads TO app;--> statement-breakpoint
SELECT sys.track_changes('messages', 'id', 'organization_id');
