-- Profiles, and the export and erasure of a person's data.
GRANT SELECT, INSERT, UPDATE, DELETE ON profiles, person_exports TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON person_erasures TO app;--> statement-breakpoint

GRANT SELECT, UPDATE (actor_name, data) ON event_log, outbox TO app_system;--> statement-breakpoint
CREATE POLICY system_redact ON event_log FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY system_redact ON outbox FOR UPDATE TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT INSERT, UPDATE (erased_at) ON erased_addresses TO app_system;--> statement-breakpoint
CREATE POLICY system_add ON erased_addresses FOR INSERT TO app_system WITH CHECK (true);--> statement-breakpoint
CREATE POLICY system_again ON erased_addresses FOR UPDATE TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
GRANT UPDATE ON users TO app_system;--> statement-breakpoint
GRANT DELETE ON sessions, passkeys TO app_system;--> statement-breakpoint
CREATE POLICY system_erase ON passkeys FOR DELETE TO app_system USING (true);--> statement-breakpoint

SELECT sys.track_changes('accounts', 'id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('contacts', 'id', 'organization_id,email_index');--> statement-breakpoint
SELECT sys.track_changes('profiles', 'id', 'organization_id');--> statement-breakpoint
SELECT sys.track_changes('person_exports', 'id', 'organization_id,storage_key');--> statement-breakpoint
SELECT sys.track_changes('person_erasures', 'id', 'organization_id,plan');--> statement-breakpoint

-- As in 0041, and the names in a studio's events may be taken out: by the functions of `app_system`, as which nobody can sign in.
CREATE OR REPLACE FUNCTION sys.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('sys.erasing', true) = 'on'
       AND current_user = (SELECT relowner::regrole::name FROM pg_class WHERE oid = TG_RELID)
     OR TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'event_log' AND current_user = 'app_system' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint

-- Takes names out of the current studio's events: those of a person, and those of the things of these projects. The
-- events themselves, their order and their ids stay.
CREATE FUNCTION sys.redact_events(person uuid, of_projects uuid[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  here uuid := nullif(current_setting('app.current_org', true), '')::uuid;
  changed integer;
BEGIN
  UPDATE event_log e SET
    actor_name = CASE WHEN e.actor_id = person THEN NULL ELSE e.actor_name END,
    data = CASE WHEN e.data ->> 'userId' = person::text THEN e.data - 'userName' ELSE e.data END
      - CASE WHEN e.project_id = ANY(of_projects) THEN ARRAY['petName', 'filename', 'slug', 'from'] ELSE '{}'::text[] END
  WHERE e.organization_id = here
    AND (e.actor_id = person OR e.data ->> 'userId' = person::text OR e.project_id = ANY(of_projects));
  GET DIAGNOSTICS changed = ROW_COUNT;
  UPDATE outbox e SET
    actor_name = CASE WHEN e.actor_id = person THEN NULL ELSE e.actor_name END,
    data = CASE WHEN e.data ->> 'userId' = person::text THEN e.data - 'userName' ELSE e.data END
      - CASE WHEN e.project_id = ANY(of_projects) THEN ARRAY['petName', 'filename', 'slug', 'from'] ELSE '{}'::text[] END
  WHERE e.organization_id = here AND e.dispatched_at IS NOT NULL
    AND (e.actor_id = person OR e.data ->> 'userId' = person::text OR e.project_id = ANY(of_projects));
  RETURN changed;
END $$;--> statement-breakpoint

-- Games that are taken down for good: their addresses, of now and before, answer 410 and rest like those of an erased studio.
CREATE FUNCTION sys.erase_addresses(of_urls uuid[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here uuid := nullif(current_setting('app.current_org', true), '')::uuid;
BEGIN
  INSERT INTO erased_addresses (host, slug)
    SELECT u.host, u.slug FROM urls u WHERE u.organization_id = here AND u.id = ANY(of_urls)
    UNION SELECT r.host, r.slug FROM url_redirects r WHERE r.organization_id = here AND r.url_id = ANY(of_urls)
  ON CONFLICT (host, slug) DO UPDATE SET erased_at = now();
  PERFORM pg_notify('sc_games', '@' || here);
END $$;--> statement-breakpoint

-- Whether somebody has a life beyond the current studio: another one, or the platform.
CREATE FUNCTION sys.works_elsewhere(person uuid)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = person AND m.deactivated_at IS NULL
                 AND m.organization_id <> nullif(current_setting('app.current_org', true), '')::uuid)
    OR EXISTS (SELECT 1 FROM users u WHERE u.id = person AND u.is_super_admin)
$$;--> statement-breakpoint

-- Erases a member of the current studio as a person: nobody can sign in as them any more, and no row tells who they
-- were. Answers false where they have a life beyond the studio, which is not this studio's to end.
CREATE FUNCTION sys.erase_user(person uuid, no_cipher text, no_index text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM memberships m WHERE m.user_id = person
    AND m.organization_id = nullif(current_setting('app.current_org', true), '')::uuid;
  IF NOT FOUND OR sys.works_elsewhere(person) THEN RETURN false; END IF;
  UPDATE users SET email_cipher = no_cipher, email_index = no_index, password_hash = '!',
    password_version = password_version + 1, display_name = 'Erased person', avatar_key = NULL, second_factor_at = NULL,
    pending_email_cipher = NULL, pending_email_index = NULL, last_seen_at = NULL, time_zone = 'UTC', locale = 'en',
    updated_at = now(), version = version + 1 WHERE id = person;
  UPDATE sessions SET revoked_at = now(), revoked_reason = 'erased' WHERE user_id = person AND revoked_at IS NULL;
  DELETE FROM sessions WHERE user_id = person;
  DELETE FROM second_factors WHERE user_id = person;
  DELETE FROM recovery_codes WHERE user_id = person;
  DELETE FROM passkeys WHERE user_id = person;
  DELETE FROM person_mails WHERE user_id = person;
  RETURN true;
END $$;--> statement-breakpoint

-- Hosts keep bundles in memory; one whose build lost its digest has been erased.
CREATE FUNCTION sys.announce_bundle_gone() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_games', '!' || OLD.digest);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER builds_announce_gone AFTER UPDATE OF digest ON builds
  FOR EACH ROW WHEN (OLD.digest IS NOT NULL AND NEW.digest IS NULL) EXECUTE FUNCTION sys.announce_bundle_gone();--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.redact_events(uuid, uuid[])', 'sys.erase_addresses(uuid[])', 'sys.works_elsewhere(uuid)',
    'sys.erase_user(uuid, text, text)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.announce_bundle_gone() FROM PUBLIC;
