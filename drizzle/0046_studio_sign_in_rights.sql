-- A studio's own identity providers, and the sessions they open: good for that one studio.
GRANT SELECT, INSERT, UPDATE, DELETE ON identity_providers, identity_provider_domains, external_identities TO app;--> statement-breakpoint
SELECT sys.track_changes('identity_providers', 'id', 'organization_id,client_secret_cipher,last_test_cipher');--> statement-breakpoint
GRANT SELECT (id, organization_id, name, kind, enabled, enforced) ON identity_providers TO app_system;--> statement-breakpoint
GRANT SELECT (organization_id, provider_id, domain, verified_at) ON identity_provider_domains TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON identity_providers FOR SELECT TO app_system USING (true);--> statement-breakpoint
CREATE POLICY system_read ON identity_provider_domains FOR SELECT TO app_system USING (true);--> statement-breakpoint

CREATE FUNCTION sys.find_provider_studio(wanted uuid)
RETURNS TABLE (organization_id uuid, slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name FROM identity_providers p JOIN organizations o ON o.id = p.organization_id
  WHERE p.id = wanted AND o.suspended_at IS NULL
$$;--> statement-breakpoint

-- Who may be signed in where, for a domain of e-mail or for a studio. Says nothing about people.
CREATE FUNCTION sys.offered_providers(for_domain text, for_studio text)
RETURNS TABLE (id uuid, name text, kind text, studio_slug text, studio_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.name, p.kind, o.slug, o.name
  FROM identity_providers p JOIN organizations o ON o.id = p.organization_id
  WHERE p.enabled AND o.suspended_at IS NULL AND (o.slug = for_studio OR EXISTS (
    SELECT 1 FROM identity_provider_domains d WHERE d.organization_id = p.organization_id AND d.provider_id = p.id
      AND d.domain = for_domain AND d.verified_at IS NOT NULL))
  ORDER BY o.name, p.name LIMIT 20
$$;--> statement-breakpoint

CREATE FUNCTION sys.enforcing_studios(member uuid, of_domain text)
RETURNS TABLE (organization_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT m.organization_id
  FROM memberships m
  JOIN identity_providers p ON p.organization_id = m.organization_id AND p.enabled AND p.enforced
  JOIN identity_provider_domains d ON d.organization_id = p.organization_id AND d.provider_id = p.id
  WHERE m.user_id = member AND m.deactivated_at IS NULL AND d.domain = of_domain AND d.verified_at IS NOT NULL
$$;--> statement-breakpoint

-- What a session that a provider opened is good for; a row in any case.
GRANT SELECT (provider_id, bound_organization_id), UPDATE (provider_id, bound_organization_id) ON sessions TO app_system;--> statement-breakpoint
CREATE FUNCTION sys.session_bond(wanted uuid)
RETURNS TABLE (provider_id uuid, bound_organization_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.provider_id, s.bound_organization_id FROM (SELECT 1) AS one LEFT JOIN sessions s ON s.id = wanted
$$;--> statement-breakpoint
CREATE FUNCTION sys.bind_session(wanted uuid, provider uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE sessions SET provider_id = provider, bound_organization_id = active_organization_id
  WHERE id = wanted AND active_organization_id = nullif(current_setting('app.current_org', true), '')::uuid
$$;--> statement-breakpoint
CREATE FUNCTION sys.end_provider_sessions(provider uuid)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = now(), revoked_reason = 'provider_ended'
    WHERE provider_id = provider AND revoked_at IS NULL
      AND bound_organization_id = nullif(current_setting('app.current_org', true), '')::uuid
    RETURNING 1)
  SELECT count(*)::integer FROM ended
$$;--> statement-breakpoint
CREATE FUNCTION sys.end_other_sessions(members uuid[], keep uuid)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = now(), revoked_reason = 'provider_enforced'
    WHERE user_id = ANY (members) AND revoked_at IS NULL AND provider_id IS NULL AND id <> keep
      AND active_organization_id = nullif(current_setting('app.current_org', true), '')::uuid
    RETURNING 1)
  SELECT count(*)::integer FROM ended
$$;--> statement-breakpoint

-- A session that a studio's provider opened never leaves that studio.
CREATE OR REPLACE FUNCTION sys.switch_session(wanted uuid, owner uuid, organization uuid)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH switched AS (
    UPDATE sessions s SET active_organization_id = organization
    WHERE s.id = wanted AND s.user_id = owner AND s.revoked_at IS NULL
      AND (s.bound_organization_id IS NULL OR s.bound_organization_id = organization) AND EXISTS (
      SELECT 1 FROM memberships m JOIN organizations o ON o.id = m.organization_id
      WHERE m.user_id = owner AND m.organization_id = organization AND m.deactivated_at IS NULL AND o.suspended_at IS NULL)
    RETURNING 1)
  SELECT EXISTS (SELECT 1 FROM switched)
$$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.find_provider_studio(uuid)', 'sys.offered_providers(text, text)',
    'sys.enforcing_studios(uuid, text)', 'sys.session_bond(uuid)', 'sys.bind_session(uuid, uuid)',
    'sys.end_provider_sessions(uuid)', 'sys.end_other_sessions(uuid[], uuid)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;
