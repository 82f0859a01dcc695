-- The system role changes the columns of people that its functions name, and no other: never who is of the platform.
REVOKE UPDATE ON users FROM app_system;--> statement-breakpoint
GRANT UPDATE (email_cipher, email_index, password_hash, password_version, display_name, avatar_key, time_zone, locale,
  email_confirmed_at, second_factor_at, pending_email_cipher, pending_email_index, last_seen_at, updated_at, version)
  ON users TO app_system;--> statement-breakpoint
-- Why somebody got a right is nothing that a session needs to know.
REVOKE SELECT ON permission_grants FROM app_system;--> statement-breakpoint
GRANT SELECT (organization_id, id, user_id, effect, permission, project_id, asset_id, expires_at, created_at)
  ON permission_grants TO app_system;
