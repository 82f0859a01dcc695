-- Passkeys belong to people. Whose one is has to be found before anybody is signed in.
GRANT SELECT, INSERT, UPDATE, DELETE ON passkeys TO app;--> statement-breakpoint
GRANT SELECT (id, user_id, credential_id, public_key, transports) ON passkeys TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON passkeys FOR SELECT TO app_system USING (true);--> statement-breakpoint
CREATE FUNCTION sys.find_passkey(wanted text)
RETURNS TABLE (id uuid, user_id uuid, public_key text, transports jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.user_id, p.public_key, p.transports FROM passkeys p WHERE p.credential_id = wanted
$$;--> statement-breakpoint

-- What is good once. Of any number who use a token at the same time, one gets true. What has expired goes in passing.
GRANT SELECT, INSERT, UPDATE, DELETE ON spent_tokens TO app_system;--> statement-breakpoint
CREATE POLICY system_all ON spent_tokens FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE FUNCTION sys.spend_once(token text, until timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM spent_tokens WHERE token_hash IN (
    SELECT s.token_hash FROM spent_tokens s WHERE s.expires_at < now() LIMIT 20 FOR UPDATE SKIP LOCKED);
  INSERT INTO spent_tokens (token_hash, expires_at) VALUES (token, until) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.find_passkey(text)', 'sys.spend_once(text, timestamptz)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;
