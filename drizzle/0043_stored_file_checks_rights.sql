GRANT SELECT, INSERT, UPDATE, DELETE ON stored_file_faults, stored_file_checks TO app;--> statement-breakpoint
GRANT SELECT (organization_id, fault) ON stored_file_faults TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON stored_file_faults FOR SELECT TO app_system USING (true);--> statement-breakpoint

-- How many files of all studios are not as their rows say, by fault: for deep health.
CREATE FUNCTION sys.count_file_faults(OUT missing integer, OUT changed integer, OUT orphaned integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FILTER (WHERE fault = 'missing')::integer, count(*) FILTER (WHERE fault = 'changed')::integer,
    count(*) FILTER (WHERE fault = 'orphaned')::integer FROM stored_file_faults
$$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.count_file_faults() FROM PUBLIC;--> statement-breakpoint
ALTER FUNCTION sys.count_file_faults() OWNER TO app_system;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.count_file_faults() TO app;
