-- Grants, append-only triggers, and the definer functions that look things up before a studio is known.
-- `app` is the runtime role: it owns nothing. `app_system` cannot log in; it owns the functions of schema `sys` and
-- sees, through policies of its own, only the columns these functions need.

GRANT USAGE ON SCHEMA public TO app, app_system;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
  accounts, contacts, invitations, memberships, projects, orders, assets, asset_variants, upload_tickets, builds, urls,
  url_redirects, outbox, notifications, idempotency_keys
TO app;--> statement-breakpoint
GRANT SELECT, INSERT ON audit, audit_seal, event_log, deployments TO app;--> statement-breakpoint
GRANT SELECT, DELETE ON game_events TO app;--> statement-breakpoint
GRANT SELECT ON organizations TO app;--> statement-breakpoint
GRANT UPDATE (name, tagline, accent, require_approval, next_order_number, updated_at, version) ON organizations TO app;--> statement-breakpoint
GRANT SELECT (id, email_cipher, email_index, display_name, avatar_key, time_zone, locale, notification_mails, is_super_admin, email_confirmed_at, last_seen_at, created_at, updated_at, version) ON users TO app;--> statement-breakpoint
GRANT UPDATE (display_name, avatar_key, time_zone, locale, notification_mails, updated_at, version) ON users TO app;--> statement-breakpoint
GRANT SELECT (id, user_id, active_organization_id, user_agent, address, created_at, last_used_at, expires_at, revoked_at) ON sessions TO app;--> statement-breakpoint
GRANT UPDATE (revoked_at, revoked_reason) ON sessions TO app;--> statement-breakpoint

CREATE SCHEMA sys;--> statement-breakpoint
GRANT USAGE ON SCHEMA sys TO app;--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA sys TO app_system;--> statement-breakpoint

CREATE FUNCTION sys.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION sys.refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION sys.refuse_change();--> statement-breakpoint
CREATE TRIGGER event_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
  FOR EACH STATEMENT EXECUTE FUNCTION sys.refuse_change();--> statement-breakpoint

-- The relay sleeps until something is committed.
CREATE FUNCTION sys.announce() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify(TG_ARGV[0], NEW.organization_id::text);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
  FOR EACH ROW EXECUTE FUNCTION sys.announce('sc_outbox');--> statement-breakpoint
CREATE TRIGGER audit_announce AFTER INSERT ON audit
  FOR EACH ROW EXECUTE FUNCTION sys.announce('sc_outbox');--> statement-breakpoint

-- Hosts drop what they cached of an address as soon as it changes.
CREATE FUNCTION sys.announce_url() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_games', NEW.host || '/' || NEW.slug);
  IF TG_OP = 'UPDATE' AND OLD.slug <> NEW.slug THEN
    PERFORM pg_notify('sc_games', OLD.host || '/' || OLD.slug);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER urls_announce AFTER INSERT OR UPDATE OF slug, status, live_build_id, expires_at ON urls
  FOR EACH ROW EXECUTE FUNCTION sys.announce_url();--> statement-breakpoint
CREATE TRIGGER url_redirects_announce AFTER INSERT ON url_redirects
  FOR EACH ROW EXECUTE FUNCTION sys.announce_url();--> statement-breakpoint

-- API processes drop a cached session when it, or the membership behind it, changes.
CREATE FUNCTION sys.announce_session() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_users', NEW.user_id::text);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER sessions_announce AFTER UPDATE OF revoked_at, active_organization_id ON sessions
  FOR EACH ROW EXECUTE FUNCTION sys.announce_session();--> statement-breakpoint
CREATE TRIGGER memberships_announce AFTER INSERT OR UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION sys.announce_session();--> statement-breakpoint

-- app_system: the columns its functions read or write, and policies of its own.
GRANT SELECT (id, slug, name, tagline, accent, suspended_at) ON organizations TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON organizations FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT, INSERT ON users TO app_system;--> statement-breakpoint
GRANT UPDATE (last_seen_at) ON users TO app_system;--> statement-breakpoint
CREATE POLICY system_all ON users FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT ON memberships TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON memberships FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON sessions TO app_system;--> statement-breakpoint
CREATE POLICY system_all ON sessions FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT (organization_id, id, project_id, host, slug, status, expires_at, ended_at, live_build_id) ON urls TO app_system;--> statement-breakpoint
GRANT UPDATE (view_count, play_count, last_accessed_at) ON urls TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON urls FOR SELECT TO app_system USING (true);--> statement-breakpoint
CREATE POLICY system_count ON urls FOR UPDATE TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT (organization_id, url_id, host, slug) ON url_redirects TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON url_redirects FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT (organization_id, id, project_id, status, digest, files, manifest, template_id) ON builds TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON builds FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT (organization_id, id, pet_name, deleted_at, search, created_at, customer_email_index) ON projects TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON projects FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT, INSERT ON game_events TO app_system;--> statement-breakpoint
CREATE POLICY system_all ON game_events FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT SELECT (organization_id, dispatched_at, relayed_at) ON outbox TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON outbox FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT (organization_id, id, at) ON audit TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON audit FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT (organization_id, audit_id) ON audit_seal TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON audit_seal FOR SELECT TO app_system USING (true);--> statement-breakpoint

CREATE FUNCTION sys.find_credentials(wanted text)
RETURNS TABLE (user_id uuid, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id, password_hash FROM users WHERE email_index = wanted
$$;--> statement-breakpoint

CREATE FUNCTION sys.create_user(new_id uuid, cipher text, blind_index text, hash text, display text)
RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO users (id, email_cipher, email_index, password_hash, display_name, email_confirmed_at)
  VALUES (new_id, cipher, blind_index, hash, display, now())
  ON CONFLICT (email_index) DO NOTHING RETURNING id
$$;--> statement-breakpoint

CREATE FUNCTION sys.list_memberships(wanted uuid)
RETURNS TABLE (organization_id uuid, slug text, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, m.role FROM memberships m JOIN organizations o ON o.id = m.organization_id
  WHERE m.user_id = wanted AND m.deactivated_at IS NULL AND o.suspended_at IS NULL
  ORDER BY m.created_at, o.id
$$;--> statement-breakpoint

CREATE FUNCTION sys.create_session(new_id uuid, owner uuid, organization uuid, hash text, agent text, from_address text, lifetime interval)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO sessions (id, user_id, active_organization_id, refresh_hash, user_agent, address, expires_at)
  VALUES (new_id, owner, organization, hash, agent, from_address, now() + lifetime);
  UPDATE users SET last_seen_at = now() WHERE id = owner
$$;--> statement-breakpoint

-- What a request needs to know of its session. A session whose membership has ended has no organisation any more.
CREATE FUNCTION sys.load_session(wanted uuid)
RETURNS TABLE (user_id uuid, display_name text, is_super_admin boolean, organization_id uuid, role text, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.user_id, u.display_name, u.is_super_admin, m.organization_id, m.role, m.account_id
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  LEFT JOIN (memberships m JOIN organizations o ON o.id = m.organization_id AND o.suspended_at IS NULL)
    ON m.user_id = s.user_id AND m.organization_id = s.active_organization_id AND m.deactivated_at IS NULL
  WHERE s.id = wanted AND s.revoked_at IS NULL AND s.expires_at > now()
$$;--> statement-breakpoint

-- Rotates a refresh token in one statement, so that of any number of parallel tries exactly one wins.
-- Outcomes: rotated; raced (the token before, less than 10 s ago); reused (the family is revoked); unknown.
CREATE FUNCTION sys.rotate_session(wanted uuid, presented text, replacement text, lifetime interval)
RETURNS TABLE (outcome text, user_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE s sessions%ROWTYPE;
BEGIN
  SELECT * INTO s FROM sessions WHERE id = wanted FOR UPDATE;
  IF NOT FOUND OR s.revoked_at IS NOT NULL OR s.expires_at <= clock_timestamp() THEN
    RETURN QUERY SELECT 'unknown', NULL::uuid;
  ELSIF s.refresh_hash = presented THEN
    UPDATE sessions SET refresh_hash = replacement, previous_refresh_hash = presented, rotated_at = clock_timestamp(),
      last_used_at = clock_timestamp(), expires_at = clock_timestamp() + lifetime WHERE id = wanted;
    UPDATE users SET last_seen_at = clock_timestamp() WHERE id = s.user_id;
    RETURN QUERY SELECT 'rotated', s.user_id;
  ELSIF s.previous_refresh_hash = presented AND s.rotated_at > clock_timestamp() - interval '10 seconds' THEN
    RETURN QUERY SELECT 'raced', s.user_id;
  ELSE
    UPDATE sessions SET revoked_at = clock_timestamp(), revoked_reason = 'refresh_reused' WHERE id = wanted;
    RETURN QUERY SELECT 'reused', s.user_id;
  END IF;
END $$;--> statement-breakpoint

CREATE FUNCTION sys.switch_session(wanted uuid, owner uuid, organization uuid)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH switched AS (
    UPDATE sessions s SET active_organization_id = organization
    WHERE s.id = wanted AND s.user_id = owner AND s.revoked_at IS NULL AND EXISTS (
      SELECT 1 FROM memberships m JOIN organizations o ON o.id = m.organization_id
      WHERE m.user_id = owner AND m.organization_id = organization AND m.deactivated_at IS NULL AND o.suspended_at IS NULL)
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM switched)
$$;--> statement-breakpoint

CREATE FUNCTION sys.revoke_session(wanted uuid, reason text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE sessions SET revoked_at = now(), revoked_reason = reason WHERE id = wanted AND revoked_at IS NULL
$$;--> statement-breakpoint

-- Ends a member's sessions in the current studio; sessions that work in another studio are none of its business.
CREATE FUNCTION sys.revoke_member_sessions(member uuid)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = now(), revoked_reason = 'deactivated'
    WHERE user_id = member AND revoked_at IS NULL
      AND active_organization_id = nullif(current_setting('app.current_org', true), '')::uuid
    RETURNING 1)
  SELECT count(*)::integer FROM ended
$$;--> statement-breakpoint

CREATE FUNCTION sys.find_studio(wanted text)
RETURNS TABLE (organization_id uuid, slug text, name text, tagline text, accent text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id, o.slug, o.name, o.tagline, o.accent FROM organizations o WHERE o.slug = wanted AND suspended_at IS NULL
$$;--> statement-breakpoint

-- The studios the relay and the sweeps have to visit. `pending` narrows it to those with something to number or start.
CREATE FUNCTION sys.list_organizations(pending boolean)
RETURNS TABLE (organization_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id FROM organizations o WHERE NOT pending
    OR EXISTS (SELECT 1 FROM outbox b WHERE b.organization_id = o.id AND b.dispatched_at IS NULL)
    OR EXISTS (SELECT 1 FROM audit a WHERE a.organization_id = o.id AND a.at > now() - interval '1 day'
               AND NOT EXISTS (SELECT 1 FROM audit_seal l WHERE l.organization_id = a.organization_id AND l.audit_id = a.id))
$$;--> statement-breakpoint

-- Whether a slug is free on a host, over all studios: free, taken, or resting (ended less than a year ago).
CREATE FUNCTION sys.slug_state(on_host text, wanted text, for_project uuid)
RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM urls WHERE host = on_host AND slug = wanted AND status IN ('reserved', 'active')) THEN 'taken'
    WHEN EXISTS (SELECT 1 FROM url_redirects WHERE host = on_host AND slug = wanted) THEN 'taken'
    WHEN EXISTS (SELECT 1 FROM urls WHERE host = on_host AND slug = wanted AND live_build_id IS NOT NULL
                 AND project_id IS DISTINCT FROM for_project AND ended_at > now() - interval '1 year') THEN 'resting'
    ELSE 'free' END
$$;--> statement-breakpoint

-- What stands behind an address: the live build, a redirect after a rename, or an expired game.
CREATE FUNCTION sys.resolve_game(on_host text, wanted text)
RETURNS TABLE (organization_id uuid, url_id uuid, project_id uuid, slug text, status text, expires_at timestamptz,
               build_id uuid, digest text, files jsonb, manifest jsonb, template_id text, pet_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.organization_id, u.id, u.project_id, u.slug, u.status, u.expires_at, b.id, b.digest, b.files, b.manifest,
         b.template_id, p.pet_name
  FROM urls u
  JOIN projects p ON p.organization_id = u.organization_id AND p.id = u.project_id
  LEFT JOIN builds b ON b.organization_id = u.organization_id AND b.id = u.live_build_id
  WHERE u.host = on_host AND u.status <> 'deleted' AND (u.slug = wanted OR u.id = (
    SELECT r.url_id FROM url_redirects r WHERE r.host = on_host AND r.slug = wanted AND r.organization_id = u.organization_id))
  ORDER BY (u.slug = wanted) DESC LIMIT 1
$$;--> statement-breakpoint

-- Bundles are content-addressed: any build with this digest has the same bytes, so the first one found serves.
CREATE FUNCTION sys.find_bundle(wanted text)
RETURNS TABLE (organization_id uuid, files jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT b.organization_id, b.files FROM builds b WHERE b.digest = wanted AND b.status = 'passed' LIMIT 1
$$;--> statement-breakpoint

-- Takes a batch of beacons. A page load counts once for each type, however often a batch is sent again.
CREATE FUNCTION sys.record_beacons(batch jsonb)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH incoming AS (
    SELECT * FROM jsonb_to_recordset(batch) AS e("organizationId" uuid, "urlId" uuid, "buildId" uuid, "loadId" text,
      type text, visitor text, score integer, seconds integer, "referrerHost" text, at timestamptz)
  ), taken AS (
    INSERT INTO game_events (organization_id, url_id, load_id, type, build_id, visitor, score, seconds, referrer_host, created_at)
    SELECT "organizationId", "urlId", "loadId", type, "buildId", visitor, score, seconds, "referrerHost", at FROM incoming
    ON CONFLICT DO NOTHING
    RETURNING organization_id, url_id, type, created_at
  ), counted AS (
    UPDATE urls u SET view_count = u.view_count + c.views, play_count = u.play_count + c.plays,
      last_accessed_at = greatest(u.last_accessed_at, c.latest)
    FROM (SELECT organization_id, url_id, count(*) FILTER (WHERE type = 'view')::integer AS views,
                 count(*) FILTER (WHERE type = 'start')::integer AS plays, max(created_at) AS latest
          FROM taken GROUP BY 1, 2) c
    WHERE u.organization_id = c.organization_id AND u.id = c.url_id
    RETURNING 1)
  SELECT count(*)::integer FROM taken
$$;--> statement-breakpoint

-- Full-text search as one indexed scan. `@@` is not leakproof, so under row-level security the planner may not use the
-- index for it; here the studio comes from the setting, never from the caller. Newest first, at most `most` ids.
CREATE FUNCTION sys.search_projects(wanted tsquery, email_blind_index text, most integer)
RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id FROM projects p
  WHERE p.organization_id = nullif(current_setting('app.current_org', true), '')::uuid
    AND (p.search @@ wanted OR p.customer_email_index = email_blind_index)
  ORDER BY p.created_at DESC LIMIT most
$$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'sys'::regnamespace LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    IF (SELECT prosecdef FROM pg_proc WHERE oid = f) THEN
      EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
    END IF;
  END LOOP;
END $$;
