-- The record keeps roles and grants as they were before and after.
SELECT sys.track_changes('custom_roles', 'id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('permission_grants', 'id', 'organization_id');
