-- What the health calls may know: how many migrations ran, and how far the relay is behind over all studios.

GRANT USAGE ON SCHEMA drizzle TO app;--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO app;--> statement-breakpoint

GRANT SELECT (created_at) ON outbox TO app_system;--> statement-breakpoint
CREATE FUNCTION sys.outbox_lag()
RETURNS TABLE (waiting integer, oldest_seconds integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::integer, coalesce(extract(epoch FROM now() - min(created_at)), 0)::integer
  FROM outbox WHERE dispatched_at IS NULL
$$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.outbox_lag() FROM PUBLIC;--> statement-breakpoint
ALTER FUNCTION sys.outbox_lag() OWNER TO app_system;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.outbox_lag() TO app;
