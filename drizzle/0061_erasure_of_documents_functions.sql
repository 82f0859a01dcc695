-- The name that a guest gave with a decision goes with its words, when the person of the project is erased.
GRANT UPDATE (guest_name) ON version_decisions TO app;--> statement-breakpoint

-- As in 0020; and passkeys go as well: whoever has lost their app with a device may have lost what signs in without it.
CREATE OR REPLACE FUNCTION sys.reset_second_factor(member uuid)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  here uuid := nullif(current_setting('app.current_org', true), '')::uuid;
  had boolean;
BEGIN
  PERFORM 1 FROM memberships m WHERE m.user_id = member AND m.organization_id = here;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  PERFORM 1 FROM memberships m WHERE m.user_id = member AND m.organization_id <> here AND m.deactivated_at IS NULL;
  IF FOUND THEN RETURN 'elsewhere'; END IF;
  PERFORM 1 FROM users u WHERE u.id = member AND u.is_super_admin;
  IF FOUND THEN RETURN 'elsewhere'; END IF;
  UPDATE users SET second_factor_at = NULL WHERE id = member AND second_factor_at IS NOT NULL;
  had := FOUND;
  DELETE FROM passkeys WHERE user_id = member;
  IF NOT (had OR FOUND) THEN RETURN 'none'; END IF;
  DELETE FROM second_factors WHERE user_id = member;
  DELETE FROM recovery_codes WHERE user_id = member;
  UPDATE sessions SET revoked_at = now(), revoked_reason = 'second_factor_reset'
  WHERE user_id = member AND revoked_at IS NULL;
  RETURN 'reset';
END $$;
