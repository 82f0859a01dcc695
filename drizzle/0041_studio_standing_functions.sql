-- Standing of a studio (plan, suspension, deletion), people of the platform at work in one, and erasure.
GRANT UPDATE (logo_key, order_intro, order_thanks) ON organizations TO app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON organization_slugs TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON organization_usage TO app;--> statement-breakpoint
GRANT SELECT ON platform_log, erased_organizations, erased_addresses TO app;--> statement-breakpoint
GRANT UPDATE (files_erased_at) ON erased_organizations TO app;--> statement-breakpoint

GRANT SELECT, INSERT ON organizations TO app_system;--> statement-breakpoint
GRANT UPDATE (slug, plan, suspended_at, suspended_reason, deletion_scheduled_at, deletion_due_at, updated_at, version) ON organizations TO app_system;--> statement-breakpoint
CREATE POLICY system_found ON organizations FOR INSERT TO app_system WITH CHECK (true);--> statement-breakpoint
CREATE POLICY system_update ON organizations FOR UPDATE TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON organization_slugs TO app_system;--> statement-breakpoint
CREATE POLICY system_all ON organization_slugs FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT ON organization_usage TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON organization_usage FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT INSERT ON memberships TO app_system;--> statement-breakpoint
CREATE POLICY system_found ON memberships FOR INSERT TO app_system WITH CHECK (true);--> statement-breakpoint
GRANT INSERT ON platform_log TO app_system;--> statement-breakpoint
CREATE POLICY system_add ON platform_log FOR INSERT TO app_system WITH CHECK (true);--> statement-breakpoint
GRANT SELECT ON erased_organizations, erased_addresses TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON erased_organizations FOR SELECT TO app_system USING (true);--> statement-breakpoint
CREATE POLICY system_read ON erased_addresses FOR SELECT TO app_system USING (true);--> statement-breakpoint

-- Only the erasure of a whole studio takes rows off the append-only tables: it runs as their owner and says so first.
CREATE OR REPLACE FUNCTION sys.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('sys.erasing', true) = 'on'
     AND current_user = (SELECT relowner::regrole::name FROM pg_class WHERE oid = TG_RELID) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER platform_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform_log
  FOR EACH STATEMENT EXECUTE FUNCTION sys.refuse_change();--> statement-breakpoint

-- API processes drop what they keep of a studio's sessions when its standing changes.
CREATE FUNCTION sys.announce_standing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_studios', coalesce(NEW.id, OLD.id)::text);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER organizations_announce AFTER DELETE OR UPDATE OF suspended_at, deletion_due_at ON organizations
  FOR EACH ROW EXECUTE FUNCTION sys.announce_standing();--> statement-breakpoint
CREATE TRIGGER sessions_acting_announce AFTER UPDATE OF acting_until ON sessions
  FOR EACH ROW EXECUTE FUNCTION sys.announce_session();--> statement-breakpoint

-- What `load_session` does not say: whether the session's studio is suspended or being deleted, and whether somebody of
-- the platform works in a studio as its admin.
CREATE FUNCTION sys.load_standing(wanted uuid)
RETURNS TABLE (suspended boolean, read_only_until timestamptz, acting_organization_id uuid, acting_organization_slug text,
               acting_organization_name text, acting_reason text, acting_until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.suspended_at IS NOT NULL AND a.id IS NULL, coalesce(a.deletion_due_at, o.deletion_due_at),
    a.id, a.slug, a.name, CASE WHEN a.id IS NOT NULL THEN s.acting_reason END, CASE WHEN a.id IS NOT NULL THEN s.acting_until END
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  LEFT JOIN organizations o ON o.id = s.active_organization_id
  LEFT JOIN organizations a ON a.id = s.acting_organization_id AND s.acting_until > now() AND u.is_super_admin
  WHERE s.id = wanted
$$;--> statement-breakpoint

-- The same for whoever comes with a key of a studio.
CREATE FUNCTION sys.read_only_until(studio uuid)
RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT deletion_due_at FROM organizations WHERE id = studio
$$;--> statement-breakpoint

CREATE FUNCTION sys.list_own_organizations(person uuid)
RETURNS TABLE (id uuid, slug text, name text, accent text, role text, status text, deletion_due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.accent, m.role,
    CASE WHEN o.suspended_at IS NOT NULL THEN 'suspended' WHEN o.deletion_due_at IS NOT NULL THEN 'deleting' ELSE 'active' END,
    o.deletion_due_at
  FROM memberships m JOIN organizations o ON o.id = m.organization_id
  WHERE m.user_id = person AND m.deactivated_at IS NULL
  ORDER BY m.created_at, o.id LIMIT 200
$$;--> statement-breakpoint

-- Whether every studio somebody works in is suspended. People of the platform always have somewhere to go.
CREATE FUNCTION sys.is_shut_out(person uuid)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) > 0 AND bool_and(o.suspended_at IS NOT NULL) FROM memberships m
  JOIN organizations o ON o.id = m.organization_id
  JOIN users u ON u.id = m.user_id AND NOT u.is_super_admin
  WHERE m.user_id = person AND m.deactivated_at IS NULL
$$;--> statement-breakpoint

-- Adds to the platform's log, if the person is of the platform; answers whether they are.
CREATE FUNCTION sys.note_platform(person uuid, what text, studio uuid, why text, more text)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH noted AS (
    INSERT INTO platform_log (id, action, person_id, person_name, studio_id, studio_name, reason, detail)
    SELECT gen_random_uuid(), what, u.id, u.display_name, o.id, o.name, why, more
    FROM users u, organizations o WHERE u.id = person AND u.is_super_admin AND o.id = studio
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM noted)
$$;--> statement-breakpoint

CREATE FUNCTION sys.slug_is_free(wanted text, for_studio uuid)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM organizations o WHERE o.slug = wanted AND o.id IS DISTINCT FROM for_studio)
    AND NOT EXISTS (SELECT 1 FROM organization_slugs s WHERE s.slug = wanted AND s.organization_id IS DISTINCT FROM for_studio)
    AND NOT EXISTS (SELECT 1 FROM erased_organizations e WHERE e.slug = wanted)
$$;--> statement-breakpoint

-- A new studio: somebody's own, who becomes its admin, or one that the platform makes for others. Outcomes: founded,
-- slug_taken, refused (the address is not confirmed, or it is for others and the person is not of the platform).
CREATE FUNCTION sys.found_organization(person uuid, for_others boolean, new_id uuid, new_name text, new_slug text, zone text, language text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM users u WHERE u.id = person
    AND CASE WHEN for_others THEN u.is_super_admin ELSE u.email_confirmed_at IS NOT NULL END;
  IF NOT FOUND THEN RETURN 'refused'; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('sparkleclassic:studio-slugs'));
  IF NOT sys.slug_is_free(new_slug, NULL) THEN RETURN 'slug_taken'; END IF;
  INSERT INTO organizations (id, slug, name, time_zone, locale) VALUES (new_id, new_slug, new_name, zone, language);
  IF for_others THEN
    PERFORM sys.note_platform(person, 'studio:founded', new_id, NULL, NULL);
  ELSE
    INSERT INTO memberships (organization_id, user_id, role) VALUES (new_id, person, 'admin');
  END IF;
  RETURN 'founded';
END $$;--> statement-breakpoint

-- Gives the current studio another slug and keeps the one before as a way to it. False: it is somebody else's.
CREATE FUNCTION sys.rename_studio(new_slug text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here uuid := nullif(current_setting('app.current_org', true), '')::uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('sparkleclassic:studio-slugs'));
  IF NOT sys.slug_is_free(new_slug, here) THEN RETURN false; END IF;
  INSERT INTO organization_slugs (organization_id, slug) SELECT id, slug FROM organizations WHERE id = here AND slug <> new_slug
  ON CONFLICT DO NOTHING;
  DELETE FROM organization_slugs WHERE organization_id = here AND slug = new_slug;
  UPDATE organizations SET slug = new_slug WHERE id = here;
  RETURN true;
END $$;--> statement-breakpoint

-- The studio behind a slug, of today or before. None takes orders that is suspended or being deleted.
DROP FUNCTION sys.find_studio(text);--> statement-breakpoint
CREATE FUNCTION sys.find_studio(wanted text)
RETURNS TABLE (organization_id uuid, slug text, name text, tagline text, accent text, logo_key text, order_intro text, order_thanks text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.tagline, o.accent, o.logo_key, o.order_intro, o.order_thanks FROM organizations o
  WHERE o.suspended_at IS NULL AND o.deletion_due_at IS NULL
    AND (o.slug = wanted OR o.id = (SELECT s.organization_id FROM organization_slugs s WHERE s.slug = wanted))
  ORDER BY (o.slug = wanted) DESC LIMIT 1
$$;--> statement-breakpoint

-- Outcomes of the platform's acts on a studio: done, already, refused (the person is not of the platform), unknown.
CREATE FUNCTION sys.suspend_studio(person uuid, studio uuid, why text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o organizations%ROWTYPE;
BEGIN
  SELECT * INTO o FROM organizations WHERE id = studio FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF (why IS NOT NULL) = (o.suspended_at IS NOT NULL) THEN RETURN 'already'; END IF;
  IF NOT sys.note_platform(person, CASE WHEN why IS NULL THEN 'studio:unsuspended' ELSE 'studio:suspended' END, studio, why, NULL)
  THEN RETURN 'refused'; END IF;
  UPDATE organizations SET suspended_at = CASE WHEN why IS NOT NULL THEN now() END, suspended_reason = why,
    updated_at = now(), version = version + 1 WHERE id = studio;
  RETURN 'done';
END $$;--> statement-breakpoint

CREATE FUNCTION sys.change_plan(person uuid, studio uuid, new_plan text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o organizations%ROWTYPE;
BEGIN
  SELECT * INTO o FROM organizations WHERE id = studio FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  IF o.plan = new_plan THEN RETURN 'already'; END IF;
  IF NOT sys.note_platform(person, 'studio:plan:changed', studio, NULL, o.plan || ' -> ' || new_plan) THEN RETURN 'refused'; END IF;
  UPDATE organizations SET plan = new_plan, updated_at = now(), version = version + 1 WHERE id = studio;
  RETURN 'done';
END $$;--> statement-breakpoint

-- `already` here: the person is a member of the studio and needs no leave to work in it.
CREATE FUNCTION sys.begin_acting(session uuid, person uuid, studio uuid, why text, minutes integer)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM organizations WHERE id = studio;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  PERFORM 1 FROM memberships WHERE organization_id = studio AND user_id = person AND deactivated_at IS NULL;
  IF FOUND THEN RETURN 'already'; END IF;
  IF NOT sys.note_platform(person, 'acting:began', studio, why, NULL) THEN RETURN 'refused'; END IF;
  UPDATE sessions SET acting_organization_id = studio, acting_reason = why, acting_until = now() + make_interval(mins => least(minutes, 60))
  WHERE id = session AND user_id = person AND revoked_at IS NULL;
  IF NOT FOUND THEN RETURN 'refused'; END IF;
  RETURN 'done';
END $$;--> statement-breakpoint

CREATE FUNCTION sys.end_acting(session uuid, person uuid)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s sessions%ROWTYPE;
BEGIN
  SELECT * INTO s FROM sessions WHERE id = session AND user_id = person FOR UPDATE;
  IF s.acting_organization_id IS NULL THEN RETURN; END IF;
  PERFORM sys.note_platform(person, 'acting:ended', s.acting_organization_id, s.acting_reason, NULL);
  UPDATE sessions SET acting_organization_id = NULL, acting_reason = NULL, acting_until = NULL WHERE id = session;
END $$;--> statement-breakpoint

-- All studios for the platform's list, newest first; nothing is counted here. A place in the list is (created_at, id).
CREATE FUNCTION sys.list_platform_organizations(person uuid, q text, in_status text, in_plan text, only_id uuid,
  after_at timestamptz, after_id uuid, most integer)
RETURNS TABLE (id uuid, slug text, name text, plan text, status text, suspended_at timestamptz, suspended_reason text,
  deletion_due_at timestamptz, created_at timestamptz, members integer, projects integer, storage_bytes bigint,
  live_games integer, plays integer, counted_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.plan, o.status, o.suspended_at, o.suspended_reason, o.deletion_due_at, o.created_at,
    u.members, u.projects, u.storage_bytes, u.live_games, u.plays, u.counted_at
  FROM (SELECT x.*, CASE WHEN x.suspended_at IS NOT NULL THEN 'suspended' WHEN x.deletion_due_at IS NOT NULL THEN 'deleting'
                    ELSE 'active' END AS status FROM organizations x) o
  LEFT JOIN organization_usage u ON u.organization_id = o.id
  WHERE EXISTS (SELECT 1 FROM users p WHERE p.id = person AND p.is_super_admin)
    AND (only_id IS NULL OR o.id = only_id) AND (in_status IS NULL OR o.status = in_status) AND (in_plan IS NULL OR o.plan = in_plan)
    AND (q IS NULL OR starts_with(o.slug, lower(q)) OR starts_with(lower(o.name), lower(q)) OR strpos(lower(o.name), ' ' || lower(q)) > 0)
    AND (after_at IS NULL OR (o.created_at, o.id) < (after_at, after_id))
  ORDER BY o.created_at DESC, o.id DESC LIMIT most
$$;--> statement-breakpoint

-- Asks for the deletion of the current studio, or takes it back. False: it stood so already.
CREATE FUNCTION sys.schedule_deletion(days integer)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH changed AS (
    UPDATE organizations SET deletion_scheduled_at = CASE WHEN days IS NOT NULL THEN now() END,
      deletion_due_at = now() + make_interval(days => days), updated_at = now(), version = version + 1
    WHERE id = nullif(current_setting('app.current_org', true), '')::uuid AND (deletion_due_at IS NULL) = (days IS NOT NULL)
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM changed)
$$;--> statement-breakpoint

-- Erases a studio whose grace is over: its rows in every table that has an `organization_id`, whatever tables there are
-- by then. Only the owner of the tables may, so this one function is theirs and decides by itself whether it is time.
-- Null: not yet, or there are other audit rows than those that were archived. Else the number of rows.
CREATE FUNCTION sys.erase_organization(studio uuid, archive_key text, archived integer)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  o organizations%ROWTYPE;
  waiting text[];
  refused text[];
  name_of text;
  deleted bigint;
  total bigint := 0;
BEGIN
  SELECT * INTO o FROM organizations WHERE id = studio AND deletion_due_at <= now() FOR UPDATE;
  IF NOT FOUND OR (SELECT count(*) FROM audit WHERE organization_id = studio) <> archived THEN RETURN NULL; END IF;
  INSERT INTO erased_addresses (host, slug)
    SELECT u.host, u.slug FROM urls u WHERE u.organization_id = studio AND u.live_build_id IS NOT NULL
    UNION SELECT r.host, r.slug FROM url_redirects r WHERE r.organization_id = studio
  ON CONFLICT (host, slug) DO UPDATE SET erased_at = now();
  PERFORM set_config('sys.erasing', 'on', true);
  SELECT array_agg(c.relname::text) INTO waiting FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition;
  -- A table that others still point at waits for the next round; a round without progress is a fault.
  LOOP
    refused := '{}';
    FOREACH name_of IN ARRAY waiting LOOP
      BEGIN
        EXECUTE format('DELETE FROM %I WHERE organization_id = $1', name_of) USING studio;
        GET DIAGNOSTICS deleted = ROW_COUNT;
        total := total + deleted;
      EXCEPTION WHEN foreign_key_violation THEN
        refused := refused || name_of;
      END;
    END LOOP;
    EXIT WHEN cardinality(refused) = 0;
    IF cardinality(refused) = cardinality(waiting) THEN
      RAISE EXCEPTION 'the rows of % could not be erased', array_to_string(refused, ', ');
    END IF;
    waiting := refused;
  END LOOP;
  PERFORM set_config('sys.erasing', 'off', true);
  PERFORM pg_notify('sc_games', '@' || studio);
  UPDATE sessions SET active_organization_id = NULL WHERE active_organization_id = studio;
  UPDATE sessions SET acting_organization_id = NULL, acting_reason = NULL, acting_until = NULL WHERE acting_organization_id = studio;
  DELETE FROM organizations WHERE id = studio;
  INSERT INTO erased_organizations (id, slug, name, audit_key, row_count) VALUES (studio, o.slug, o.name, archive_key, total + 1);
  RETURN total + 1;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.erase_organization(uuid, text, integer) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.erase_organization(uuid, text, integer) TO app;--> statement-breakpoint

-- As in 0024, and an address that was erased with its studio rests for a year as well.
CREATE OR REPLACE FUNCTION sys.slug_states(on_host text, wanted text[], for_project uuid, own_url uuid)
RETURNS TABLE (slug text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.slug, CASE
    WHEN EXISTS (SELECT 1 FROM urls u WHERE u.host = on_host AND u.slug = w.slug AND u.status IN ('reserved', 'active')
                 AND u.id IS DISTINCT FROM own_url) THEN 'taken'
    WHEN EXISTS (SELECT 1 FROM url_redirects r WHERE r.host = on_host AND r.slug = w.slug) THEN 'taken'
    WHEN EXISTS (SELECT 1 FROM urls u WHERE u.host = on_host AND u.slug = w.slug AND u.live_build_id IS NOT NULL
                 AND u.project_id IS DISTINCT FROM for_project AND u.ended_at > now() - interval '1 year') THEN 'resting'
    WHEN EXISTS (SELECT 1 FROM erased_addresses e WHERE e.host = on_host AND e.slug = w.slug
                 AND e.erased_at > now() - interval '1 year') THEN 'resting'
    WHEN EXISTS (SELECT 1 FROM urls u WHERE u.host = on_host AND u.skeleton = w.skeleton AND u.slug <> w.slug
                 AND u.id IS DISTINCT FROM own_url
                 AND (u.status <> 'deleted' OR (u.live_build_id IS NOT NULL AND u.ended_at > now() - interval '1 year'
                      AND u.project_id IS DISTINCT FROM for_project))) THEN 'look_alike'
    WHEN EXISTS (SELECT 1 FROM url_redirects r WHERE r.host = on_host AND r.skeleton = w.skeleton AND r.slug <> w.slug
                 AND r.url_id IS DISTINCT FROM own_url) THEN 'look_alike'
    ELSE 'free' END
  FROM (SELECT s AS slug, replace(replace(translate(s, '0158-', 'olsb'), 'rn', 'm'), 'vv', 'w') AS skeleton
        FROM unnest(wanted) AS s) w
$$;--> statement-breakpoint

-- Tries, with the rights of whoever asks, to see and to write rows of other studios in every tenant table. Each line is
-- a table that lets one: `foreign` (seen from a studio without rows), `unset` (seen without any studio), `written`.
-- A policy's check comes before all other constraints, so an empty row is enough to try a write; nothing is kept.
CREATE FUNCTION sys.probe_isolation(probe uuid)
RETURNS TABLE (relation text, fault text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  t record;
  seen boolean;
BEGIN
  FOR t IN
    SELECT c.relname::text AS name, a.attname::text AS tenant FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
      AND a.attname = CASE c.relname WHEN 'organizations' THEN 'id' ELSE 'organization_id' END
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_any_column_privilege(c.oid, 'select')
    ORDER BY c.relname
  LOOP
    PERFORM set_config('app.current_org', probe::text, true);
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', t.name) INTO seen;
    IF seen THEN relation := t.name; fault := 'foreign'; RETURN NEXT; END IF;
    BEGIN
      EXECUTE format('INSERT INTO %I (%I) VALUES ($1)', t.name, t.tenant) USING gen_random_uuid();
      RAISE EXCEPTION USING ERRCODE = 'check_violation';
    EXCEPTION
      WHEN insufficient_privilege THEN NULL;
      WHEN integrity_constraint_violation THEN relation := t.name; fault := 'written'; RETURN NEXT;
    END;
    PERFORM set_config('app.current_org', '', true);
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', t.name) INTO seen;
    IF seen THEN relation := t.name; fault := 'unset'; RETURN NEXT; END IF;
  END LOOP;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.probe_isolation(uuid) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sys.probe_isolation(uuid) TO app;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.load_standing(uuid)', 'sys.read_only_until(uuid)', 'sys.list_own_organizations(uuid)', 'sys.is_shut_out(uuid)',
    'sys.note_platform(uuid, text, uuid, text, text)', 'sys.slug_is_free(text, uuid)',
    'sys.found_organization(uuid, boolean, uuid, text, text, text, text)', 'sys.rename_studio(text)', 'sys.find_studio(text)',
    'sys.suspend_studio(uuid, uuid, text)', 'sys.change_plan(uuid, uuid, text)',
    'sys.begin_acting(uuid, uuid, uuid, text, integer)', 'sys.end_acting(uuid, uuid)',
    'sys.list_platform_organizations(uuid, text, text, text, uuid, timestamptz, uuid, integer)',
    'sys.schedule_deletion(integer)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
  REVOKE EXECUTE ON FUNCTION sys.announce_standing() FROM PUBLIC;
END $$;
