-- Review links of guests, and their visits, which are forgotten some months after their end.
GRANT SELECT, INSERT, UPDATE ON guest_links TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON guest_visits TO app;--> statement-breakpoint
SELECT sys.track_changes('guest_links', 'id', 'organization_id,token_hash,password_hash');
