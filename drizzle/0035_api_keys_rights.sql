-- The hash goes in and is never read back: only the look-up below compares it.
GRANT INSERT ON api_keys TO app;--> statement-breakpoint
GRANT SELECT (organization_id, id, user_id, name, prefix, scopes, created_by, created_at, expires_at, last_used_at,
  last_used_address, revoked_at, revoked_by, warned_days, version) ON api_keys TO app;--> statement-breakpoint
GRANT UPDATE (last_used_at, last_used_address, revoked_at, revoked_by, warned_days, version) ON api_keys TO app;--> statement-breakpoint
GRANT SELECT (organization_id, id, user_id, name, token_hash, scopes, expires_at, revoked_at) ON api_keys TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON api_keys FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT (kind) ON users TO app;--> statement-breakpoint

-- API processes drop what they keep of a key when it ends, as they do with sessions and memberships.
CREATE TRIGGER api_keys_announce AFTER UPDATE OF revoked_at ON api_keys
  FOR EACH ROW EXECUTE FUNCTION sys.announce_session();--> statement-breakpoint

-- A service account never has a session, whichever way of signing in was tried.
CREATE FUNCTION sys.refuse_service_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM users u WHERE u.id = NEW.user_id AND u.kind = 'service';
  IF FOUND THEN
    RAISE EXCEPTION 'a service account has no sessions' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER sessions_of_people BEFORE INSERT OR UPDATE OF user_id ON sessions
  FOR EACH ROW EXECUTE FUNCTION sys.refuse_service_session();--> statement-breakpoint

-- What a request needs to know of its key. `role` is null once the membership has ended.
CREATE FUNCTION sys.load_api_key(wanted text)
RETURNS TABLE (id uuid, name text, scopes text[], expires_at timestamptz, revoked_at timestamptz, suspended boolean,
               organization_id uuid, user_id uuid, display_name text, role text, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.id, k.name, k.scopes, k.expires_at, k.revoked_at, o.suspended_at IS NOT NULL,
    k.organization_id, k.user_id, u.display_name, m.role, m.account_id
  FROM api_keys k
  JOIN organizations o ON o.id = k.organization_id
  JOIN users u ON u.id = k.user_id
  LEFT JOIN memberships m ON m.organization_id = k.organization_id AND m.user_id = k.user_id AND m.deactivated_at IS NULL
  WHERE k.token_hash = wanted
$$;--> statement-breakpoint

-- A member without a person. The hash is none that a password has, and its address none that a mail reaches.
CREATE FUNCTION sys.create_service_account(new_id uuid, cipher text, blind_index text, display text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO users (id, kind, email_cipher, email_index, password_hash, display_name, notification_mails)
  VALUES (new_id, 'service', cipher, blind_index, '!', display, false)
$$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.load_api_key(text)', 'sys.create_service_account(uuid, text, text, text)',
    'sys.refuse_service_session()']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
  END LOOP;
  GRANT EXECUTE ON FUNCTION sys.load_api_key(text) TO app;
  GRANT EXECUTE ON FUNCTION sys.create_service_account(uuid, text, text, text) TO app;
END $$;--> statement-breakpoint

SELECT sys.track_changes('api_keys', 'id', 'organization_id,token_hash,last_used_at,last_used_address');
