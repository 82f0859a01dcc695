-- The record by month, the row before and after every change, and the keys of the people it tells of.

GRANT SELECT, INSERT, UPDATE ON person_keys TO app;--> statement-breakpoint
GRANT SELECT, INSERT ON audit_archive TO app;--> statement-breakpoint
CREATE TRIGGER audit_archive_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_archive
  FOR EACH STATEMENT EXECUTE FUNCTION sys.refuse_change();--> statement-breakpoint

-- The first UUIDv7 of a moment: its first 48 bits are the milliseconds since 1970 (RFC 9562).
CREATE FUNCTION sys.id_floor(moment timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;--> statement-breakpoint

-- The same table, partitioned. A new one takes its place, since a table cannot become partitioned where it stands.
CREATE TABLE audit_by_month (LIKE audit INCLUDING DEFAULTS) PARTITION BY RANGE (id);--> statement-breakpoint
CREATE TABLE audit_default PARTITION OF audit_by_month DEFAULT;--> statement-breakpoint
ALTER TABLE audit RENAME TO audit_before;--> statement-breakpoint
ALTER TABLE audit_by_month RENAME TO audit;--> statement-breakpoint

-- A partition keeps the rules of its table: the same policies, append-only, and nothing granted to anybody.
CREATE FUNCTION sys.guard_audit_partition(part text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  mine text := 'organization_id = nullif(current_setting(''app.current_org'', true), '''')::uuid';
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
  EXECUTE format('CREATE POLICY tenant_rows ON %I TO app USING (true) WITH CHECK (true)', part);
  EXECUTE format('CREATE POLICY tenant_isolation ON %I AS RESTRICTIVE TO app USING (%s) WITH CHECK (%s)', part, mine, mine);
  EXECUTE format('CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                  FOR EACH STATEMENT EXECUTE FUNCTION sys.refuse_change()', part);
END $$;--> statement-breakpoint

-- Makes the partition of a month, unless it is there. Rows of the month that fell into the default partition stay there:
-- deep health tells of them.
CREATE FUNCTION sys.add_audit_partition(month date) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  first_day date := date_trunc('month', month)::date;
  part text := 'audit_' || to_char(first_day, 'YYYY_MM');
  from_id uuid := sys.id_floor(first_day::timestamp AT TIME ZONE 'UTC');
  to_id uuid := sys.id_floor((first_day + interval '1 month') AT TIME ZONE 'UTC');
BEGIN
  IF to_regclass(part) IS NOT NULL OR EXISTS (SELECT FROM audit_default WHERE id >= from_id AND id < to_id) THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF audit FOR VALUES FROM (%L) TO (%L)', part, from_id, to_id);
  PERFORM sys.guard_audit_partition(part);
  RETURN true;
END $$;--> statement-breakpoint

-- This month and the next three, answered as the number of new ones. It takes nothing from its caller, so that the
-- runtime role may run it with the owner's rights. It gives up rather than hold up the writers of the record.
CREATE FUNCTION sys.add_audit_partitions() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  made integer := 0;
  this_month date := date_trunc('month', now() AT TIME ZONE 'UTC')::date;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('sparkleclassic:audit-partitions'));
  FOR ahead IN 0..3 LOOP
    made := made + sys.add_audit_partition((this_month + make_interval(months => ahead))::date)::integer;
  END LOOP;
  RETURN made;
END $$;--> statement-breakpoint

-- Lets go of a month after seven years, if every row of it is in an archive on record; else answers false.
CREATE FUNCTION sys.drop_audit_partition(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  first_day date := date_trunc('month', month)::date;
  part text := 'audit_' || to_char(first_day, 'YYYY_MM');
  unproven boolean;
BEGIN
  IF first_day + interval '1 month' > (now() AT TIME ZONE 'UTC') - interval '7 years' THEN
    RAISE EXCEPTION 'the record is kept for seven years' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('sparkleclassic:audit-partitions'));
  IF to_regclass(part) IS NULL THEN RETURN false; END IF;
  EXECUTE format('LOCK TABLE %I IN SHARE MODE', part);
  EXECUTE format('SELECT EXISTS (
      SELECT FROM (SELECT organization_id, count(*) AS rows FROM %I GROUP BY 1) held
      LEFT JOIN audit_archive archived ON archived.organization_id = held.organization_id AND archived.month = $1
      WHERE archived.row_count IS DISTINCT FROM held.rows)', part)
    INTO unproven USING first_day;
  IF unproven THEN RETURN false; END IF;
  EXECUTE format('DROP TABLE %I', part);
  RETURN true;
END $$;--> statement-breakpoint

SELECT sys.guard_audit_partition('audit_default');--> statement-breakpoint
SELECT sys.add_audit_partition(month::date) FROM generate_series(
  (SELECT date_trunc('month', coalesce(min(at), now()) AT TIME ZONE 'UTC') FROM audit_before),
  date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months', interval '1 month') AS month;--> statement-breakpoint
INSERT INTO audit SELECT * FROM audit_before;--> statement-breakpoint
DROP TABLE audit_before;--> statement-breakpoint

ALTER TABLE audit ADD CONSTRAINT audit_organization_id_id_pk PRIMARY KEY (organization_id, id);--> statement-breakpoint
ALTER TABLE audit ADD CONSTRAINT audit_organization_id_organizations_id_fk
  FOREIGN KEY (organization_id) REFERENCES organizations (id);--> statement-breakpoint
CREATE INDEX audit_entity_idx ON audit (organization_id, entity, entity_id, id DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX audit_project_idx ON audit (organization_id, project_id, id DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX audit_actor_idx ON audit (organization_id, actor_id, id DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX audit_action_idx ON audit (organization_id, action, id DESC NULLS FIRST);--> statement-breakpoint
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY tenant_rows ON audit TO app USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY tenant_isolation ON audit AS RESTRICTIVE TO app
  USING (organization_id = nullif(current_setting('app.current_org', true), '')::uuid)
  WITH CHECK (organization_id = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY system_read ON audit FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT, INSERT ON audit TO app;--> statement-breakpoint
GRANT SELECT (organization_id, id, at) ON audit TO app_system;--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION sys.refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_announce AFTER INSERT ON audit
  FOR EACH ROW EXECUTE FUNCTION sys.announce('sc_outbox');--> statement-breakpoint

-- How many rows lie in the default partition, and how many months ahead have theirs: what deep health and boot ask.
CREATE FUNCTION sys.audit_partitions_state(OUT months_ahead integer, OUT strays bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT
    (SELECT count(*)::integer FROM generate_series(1, 3) AS ahead WHERE to_regclass('audit_' || to_char(
      date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead), 'YYYY_MM')) IS NOT NULL),
    (SELECT count(*) FROM (SELECT FROM audit_default LIMIT 1000) AS rows)
$$;--> statement-breakpoint

-- As before, but by id, so that only the newest partitions are looked at.
CREATE OR REPLACE FUNCTION sys.list_organizations(pending boolean)
RETURNS TABLE (organization_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id FROM organizations o WHERE NOT pending
    OR EXISTS (SELECT 1 FROM outbox b WHERE b.organization_id = o.id AND b.dispatched_at IS NULL)
    OR EXISTS (SELECT 1 FROM audit a WHERE a.organization_id = o.id AND a.id > sys.id_floor(now() - interval '1 day')
               AND NOT EXISTS (SELECT 1 FROM audit_seal l WHERE l.organization_id = a.organization_id AND l.audit_id = a.id))
$$;--> statement-breakpoint

-- Notes what a statement does to the rows of a table, for `recordAudit` of the same transaction: under `<table>:<id>`
-- the row as it was before the transaction's first change and as it is now. Columns left out (the second argument) are
-- secrets, which nobody needs to see, and counters. Rows that change in nothing else are not noted, nor is what happens
-- outside a studio.
CREATE FUNCTION sys.note_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  id_column text := TG_ARGV[0];
  left_out text[] := string_to_array(TG_ARGV[1], ',');
  noted jsonb;
  found jsonb;
BEGIN
  IF coalesce(current_setting('app.current_org', true), '') = '' THEN RETURN NULL; END IF;
  noted := coalesce(nullif(current_setting('app.changes', true), ''), '{}')::jsonb;
  IF TG_OP = 'INSERT' THEN
    SELECT jsonb_object_agg(TG_TABLE_NAME || ':' || (to_jsonb(n) ->> id_column),
                            jsonb_build_object('before', NULL, 'after', to_jsonb(n) - left_out))
      INTO found FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT jsonb_object_agg(TG_TABLE_NAME || ':' || (to_jsonb(o) ->> id_column),
                            jsonb_build_object('before', to_jsonb(o) - left_out, 'after', NULL))
      INTO found FROM old_rows o;
  ELSE
    SELECT jsonb_object_agg(TG_TABLE_NAME || ':' || id, jsonb_build_object('before', o.image, 'after', n.image))
      INTO found
      FROM (SELECT to_jsonb(r) ->> id_column AS id, to_jsonb(r) - left_out AS image FROM old_rows r) o
      JOIN (SELECT to_jsonb(r) ->> id_column AS id, to_jsonb(r) - left_out AS image FROM new_rows r) n USING (id)
      WHERE o.image <> n.image;
  END IF;
  IF found IS NULL THEN RETURN NULL; END IF;
  SELECT noted || jsonb_object_agg(key, CASE WHEN noted ? key
      THEN jsonb_build_object('before', noted -> key -> 'before', 'after', value -> 'after') ELSE value END)
    INTO noted FROM jsonb_each(found);
  PERFORM set_config('app.changes', noted::text, true);
  RETURN NULL;
END $$;--> statement-breakpoint

-- What has been noted of one row, taken out; null where nothing was.
CREATE FUNCTION sys.take_change(wanted text) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  noted jsonb := coalesce(nullif(current_setting('app.changes', true), ''), '{}')::jsonb;
BEGIN
  IF NOT noted ? wanted THEN RETURN NULL; END IF;
  PERFORM set_config('app.changes', (noted - wanted)::text, true);
  RETURN noted -> wanted;
END $$;--> statement-breakpoint

-- Puts a table on record. One trigger for each kind of statement, as transition tables demand. Called by migrations;
-- `core/snapshot-shapes.ts` has the same names, which a test compares.
CREATE FUNCTION sys.track_changes(tracked regclass, id_column text, left_out text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('DROP TRIGGER IF EXISTS note_insert ON %s', tracked);
  EXECUTE format('DROP TRIGGER IF EXISTS note_update ON %s', tracked);
  EXECUTE format('DROP TRIGGER IF EXISTS note_delete ON %s', tracked);
  EXECUTE format('CREATE TRIGGER note_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION sys.note_change(%L, %L)', tracked, id_column, left_out);
  EXECUTE format('CREATE TRIGGER note_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION sys.note_change(%L, %L)', tracked, id_column, left_out);
  EXECUTE format('CREATE TRIGGER note_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION sys.note_change(%L, %L)', tracked, id_column, left_out);
END $$;--> statement-breakpoint

SELECT sys.track_changes('projects', 'id', 'organization_id,customer_email_index,next_build_number,search');--> statement-breakpoint
SELECT sys.track_changes('orders', 'id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('assets', 'id', 'organization_id,upload_key');--> statement-breakpoint
SELECT sys.track_changes('builds', 'id', 'organization_id,files,manifest');--> statement-breakpoint
SELECT sys.track_changes('urls', 'id', 'organization_id,skeleton,looks_kept,view_count,play_count,last_accessed_at');--> statement-breakpoint
SELECT sys.track_changes('game_domains', 'id', 'organization_id,checked_at');--> statement-breakpoint
SELECT sys.track_changes('hosting_pages', 'organization_id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('organizations', 'id', 'next_order_number');--> statement-breakpoint
SELECT sys.track_changes('memberships', 'user_id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('invitations', 'id', 'organization_id,email_index');--> statement-breakpoint
SELECT sys.track_changes('users', 'id', 'email_index,password_hash,password_version,avatar_key,is_super_admin,pending_email_index,last_seen_at');--> statement-breakpoint
SELECT sys.track_changes('project_files', 'id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('project_views', 'id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('project_imports', 'id', 'organization_id,storage_key,passed_count');--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.id_floor(timestamptz)', 'sys.guard_audit_partition(text)', 'sys.add_audit_partition(date)',
    'sys.add_audit_partitions()', 'sys.drop_audit_partition(date)', 'sys.audit_partitions_state()', 'sys.note_change()',
    'sys.take_change(text)', 'sys.track_changes(regclass, text, text)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.id_floor(timestamptz) TO app, app_system;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.take_change(text), sys.add_audit_partitions(), sys.drop_audit_partition(date),
  sys.audit_partitions_state() TO app;
