-- Rights on the rolled-up figures, the beacons' function that marks what has to be rolled up, and the day's salt.

GRANT SELECT, INSERT, DELETE ON game_hours, game_hour_referrers TO app;--> statement-breakpoint
GRANT SELECT, DELETE ON game_stale_days TO app;--> statement-breakpoint
GRANT UPDATE (marked_at) ON game_stale_days TO app;--> statement-breakpoint
GRANT UPDATE (time_zone) ON organizations TO app;--> statement-breakpoint
GRANT UPDATE (seconds) ON game_events TO app_system;--> statement-breakpoint
GRANT SELECT, INSERT ON game_stale_days TO app_system;--> statement-breakpoint
GRANT UPDATE (marked_at) ON game_stale_days TO app_system;--> statement-breakpoint
CREATE POLICY system_mark ON game_stale_days FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint

-- Takes a batch of beacons. A page load counts once for each type, however often a batch is sent again and by however
-- many hosts; only the visible time of a load may grow. Rows are taken in the order of their keys, so that two hosts
-- that were sent the same loads wait for each other instead of dying of a deadlock. Marking a day takes its lock, which
-- the roll-up holds while it counts: nothing slips in between. What is older than the events that are kept is refused.
CREATE OR REPLACE FUNCTION sys.record_beacons(batch jsonb)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH incoming AS (
    SELECT DISTINCT ON ("organizationId", "urlId", "loadId", type) *
    FROM jsonb_to_recordset(batch) AS e("organizationId" uuid, "urlId" uuid, "buildId" uuid, "loadId" text, type text,
      visitor text, score integer, seconds integer, "referrerHost" text, device text, at timestamptz)
    WHERE at > now() - interval '29 days'
    ORDER BY "organizationId", "urlId", "loadId", type, seconds DESC NULLS LAST
  ), taken AS (
    INSERT INTO game_events AS e (organization_id, url_id, load_id, type, build_id, visitor, score, seconds, referrer_host,
      device, created_at)
    SELECT "organizationId", "urlId", "loadId", type, "buildId", visitor, score, seconds, "referrerHost", device, at
    FROM incoming ORDER BY "organizationId", "urlId", "loadId", type
    ON CONFLICT (organization_id, url_id, load_id, type) DO UPDATE SET seconds = excluded.seconds
      WHERE e.type = 'visible' AND e.seconds < excluded.seconds
    -- A row that was there before has an xmax: our own lock on it.
    RETURNING organization_id, url_id, type, created_at, xmax = 0 AS is_new
  ), tally AS (
    SELECT organization_id, url_id, count(*) FILTER (WHERE is_new AND type = 'view')::integer AS views,
      count(*) FILTER (WHERE is_new AND type = 'start')::integer AS plays, max(created_at) AS latest
    FROM taken GROUP BY organization_id, url_id
  ), locked AS MATERIALIZED (
    SELECT t.* FROM tally t JOIN urls u ON u.organization_id = t.organization_id AND u.id = t.url_id
    ORDER BY t.organization_id, t.url_id FOR NO KEY UPDATE OF u
  ), counted AS (
    UPDATE urls u SET view_count = u.view_count + l.views, play_count = u.play_count + l.plays,
      last_accessed_at = greatest(u.last_accessed_at, l.latest)
    FROM locked l WHERE u.organization_id = l.organization_id AND u.id = l.url_id
    RETURNING 1
  ), marked AS (
    INSERT INTO game_stale_days AS d (organization_id, url_id, day)
    SELECT organization_id, url_id, day FROM (
      SELECT DISTINCT organization_id, url_id, date_trunc('day', created_at, 'UTC') AS day FROM taken) AS days
    ORDER BY organization_id, url_id, day
    ON CONFLICT (organization_id, url_id, day) DO UPDATE SET marked_at = now()
    RETURNING 1)
  SELECT count(*)::integer FROM taken WHERE is_new
$$;--> statement-breakpoint

-- Events from before there were hours.
INSERT INTO game_stale_days (organization_id, url_id, day)
  SELECT DISTINCT organization_id, url_id, date_trunc('day', created_at, 'UTC') FROM game_events;--> statement-breakpoint

-- One secret a day, shared by all hosts, by which visitors are told apart for that day. Yesterday's is destroyed by the
-- first who asks today, so nobody, the studio and the operator included, can link a visitor to another day or test an
-- address against a name. The day is the database's, so that hosts with different clocks agree.
CREATE TABLE sys.visitor_salts (day date PRIMARY KEY, salt bytea NOT NULL);--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON sys.visitor_salts TO app_system;--> statement-breakpoint
CREATE FUNCTION sys.visitor_salt()
RETURNS TABLE (day date, salt bytea)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = sys, pg_temp AS $$
  DELETE FROM visitor_salts s WHERE s.day < (now() AT TIME ZONE 'UTC')::date;
  INSERT INTO visitor_salts (day, salt)
    VALUES ((now() AT TIME ZONE 'UTC')::date, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
    ON CONFLICT DO NOTHING;
  SELECT s.day, s.salt FROM visitor_salts s WHERE s.day = (now() AT TIME ZONE 'UTC')::date
$$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.visitor_salt() FROM PUBLIC;--> statement-breakpoint
ALTER FUNCTION sys.visitor_salt() OWNER TO app_system;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.visitor_salt() TO app;
