-- Sessions that ended 90 days ago or more: until then a person sees from where they were signed in, and a stolen token
-- that comes back is recognised. In slices, so that nobody waits.
GRANT DELETE ON sessions TO app_system;--> statement-breakpoint
CREATE FUNCTION sys.forget_sessions()
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  forgotten integer;
BEGIN
  DELETE FROM sessions WHERE id IN (
    SELECT s.id FROM sessions s WHERE least(s.revoked_at, s.expires_at) < now() - interval '90 days'
    LIMIT 1000 FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.forget_sessions() FROM PUBLIC;--> statement-breakpoint
ALTER FUNCTION sys.forget_sessions() OWNER TO app_system;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.forget_sessions() TO app;
