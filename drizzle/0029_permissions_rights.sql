-- Roles of the studios' own, and grants and denials for single people.
GRANT SELECT, INSERT, UPDATE, DELETE ON custom_roles TO app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON permission_grants TO app;--> statement-breakpoint
GRANT SELECT (organization_id, id, name, permissions) ON custom_roles TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON custom_roles FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT ON permission_grants TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON permission_grants FOR SELECT TO app_system USING (true);--> statement-breakpoint

-- What a member's rights are beside their built-in role: `{"customRole": {id, name, permissions} | null, "grants": [...]}`.
-- Sessions and keys are looked up before a studio is known, and carry them.
CREATE FUNCTION sys.member_rights(member uuid, studio uuid)
RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'customRole', (
      SELECT jsonb_build_object('id', r.id, 'name', r.name, 'permissions', r.permissions)
      FROM memberships m JOIN custom_roles r ON r.organization_id = m.organization_id AND r.id = m.custom_role_id
      WHERE m.organization_id = studio AND m.user_id = member),
    'grants', coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', g.id, 'effect', g.effect, 'permission', g.permission,
        'projectId', g.project_id, 'assetId', g.asset_id,
        'expiresAt', to_char(g.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY g.created_at, g.id)
      FROM permission_grants g
      WHERE g.organization_id = studio AND g.user_id = member AND (g.expires_at IS NULL OR g.expires_at > now())), '[]'))
$$;--> statement-breakpoint

-- API processes drop the cached sessions of those whose rights change.
CREATE FUNCTION sys.announce_grant() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_users', coalesce(NEW.user_id, OLD.user_id)::text);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER permission_grants_announce AFTER INSERT OR UPDATE OR DELETE ON permission_grants
  FOR EACH ROW EXECUTE FUNCTION sys.announce_grant();--> statement-breakpoint
CREATE FUNCTION sys.announce_role() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_users', m.user_id::text) FROM public.memberships m
  WHERE m.organization_id = NEW.organization_id AND m.custom_role_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER custom_roles_announce AFTER UPDATE OF permissions, name ON custom_roles
  FOR EACH ROW EXECUTE FUNCTION sys.announce_role();--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.announce_grant()', 'sys.announce_role()', 'sys.member_rights(uuid, uuid)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
  ALTER FUNCTION sys.member_rights(uuid, uuid) OWNER TO app_system;
  GRANT EXECUTE ON FUNCTION sys.member_rights(uuid, uuid) TO app;
END $$;
