GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors, recovery_codes TO app;--> statement-breakpoint
GRANT SELECT (second_factor_at), UPDATE (second_factor_at) ON users TO app;--> statement-breakpoint
GRANT SELECT (second_factor_at), UPDATE (second_factor_at) ON sessions TO app;--> statement-breakpoint
GRANT UPDATE (second_factor_at) ON users TO app_system;--> statement-breakpoint
GRANT SELECT, DELETE ON second_factors, recovery_codes TO app_system;--> statement-breakpoint
CREATE POLICY system_all ON second_factors FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY system_all ON recovery_codes FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint

-- API processes drop a cached session when what they know of its second factor changes.
DROP TRIGGER sessions_announce ON sessions;--> statement-breakpoint
CREATE TRIGGER sessions_announce AFTER UPDATE OF revoked_at, active_organization_id, second_factor_at ON sessions
  FOR EACH ROW EXECUTE FUNCTION sys.announce_session();--> statement-breakpoint
CREATE FUNCTION sys.announce_user() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_users', NEW.id::text);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER users_announce AFTER UPDATE OF second_factor_at ON users
  FOR EACH ROW EXECUTE FUNCTION sys.announce_user();--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.announce_user() FROM PUBLIC;--> statement-breakpoint

-- A wider answer needs the function anew; the release before reads it by the names of the columns it knows.
DROP FUNCTION sys.load_session(uuid);--> statement-breakpoint
CREATE FUNCTION sys.load_session(wanted uuid)
RETURNS TABLE (user_id uuid, display_name text, is_super_admin boolean, organization_id uuid, role text, account_id uuid,
               has_second_factor boolean, second_factor_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.user_id, u.display_name, u.is_super_admin, m.organization_id, m.role, m.account_id,
    u.second_factor_at IS NOT NULL, s.second_factor_at
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  LEFT JOIN (memberships m JOIN organizations o ON o.id = m.organization_id AND o.suspended_at IS NULL)
    ON m.user_id = s.user_id AND m.organization_id = s.active_organization_id AND m.deactivated_at IS NULL
  WHERE s.id = wanted AND s.revoked_at IS NULL AND s.expires_at > now()
$$;--> statement-breakpoint

-- Takes a member's second factor away and ends their sessions. Only for somebody who works in the current studio and in
-- no other: whose other studios rely on it too, keeps it. Outcomes: reset, none, elsewhere, unknown.
CREATE FUNCTION sys.reset_second_factor(member uuid)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here uuid := nullif(current_setting('app.current_org', true), '')::uuid;
BEGIN
  PERFORM 1 FROM memberships m WHERE m.user_id = member AND m.organization_id = here;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  PERFORM 1 FROM memberships m WHERE m.user_id = member AND m.organization_id <> here AND m.deactivated_at IS NULL;
  IF FOUND THEN RETURN 'elsewhere'; END IF;
  PERFORM 1 FROM users u WHERE u.id = member AND u.is_super_admin;
  IF FOUND THEN RETURN 'elsewhere'; END IF;
  UPDATE users SET second_factor_at = NULL WHERE id = member AND second_factor_at IS NOT NULL;
  IF NOT FOUND THEN RETURN 'none'; END IF;
  DELETE FROM second_factors WHERE user_id = member;
  DELETE FROM recovery_codes WHERE user_id = member;
  UPDATE sessions SET revoked_at = now(), revoked_reason = 'second_factor_reset'
  WHERE user_id = member AND revoked_at IS NULL;
  RETURN 'reset';
END $$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.load_session(uuid)', 'sys.reset_second_factor(uuid)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;
