-- Domains of studios for their games, and the studios' words where a game is not.

GRANT SELECT, INSERT, UPDATE, DELETE ON game_domains TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON hosting_pages TO app;--> statement-breakpoint
GRANT SELECT (organization_id, domain, status, is_primary) ON game_domains TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON game_domains FOR SELECT TO app_system USING (true);--> statement-breakpoint
GRANT SELECT (organization_id, message, link_label, link_url) ON hosting_pages TO app_system;--> statement-breakpoint
CREATE POLICY system_read ON hosting_pages FOR SELECT TO app_system USING (true);--> statement-breakpoint

-- Which studio's games each proven domain may show: the hosts keep all of them at hand.
CREATE FUNCTION sys.list_game_domains()
RETURNS TABLE (domain text, organization_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.domain, d.organization_id FROM game_domains d WHERE d.status = 'verified'
$$;--> statement-breakpoint

-- A studio's words for a game that is not there; a row without words where it has none.
CREATE FUNCTION sys.find_hosting_page(wanted uuid)
RETURNS TABLE (studio text, message text, link_label text, link_url text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.name, coalesce(p.message, ''), coalesce(p.link_label, ''), coalesce(p.link_url, '')
  FROM organizations o LEFT JOIN hosting_pages p ON p.organization_id = o.id WHERE o.id = wanted
$$;--> statement-breakpoint

-- Hosts drop what they keep of a studio when its domains or its words change. `@` tells it from `host/slug`.
CREATE FUNCTION sys.announce_studio() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_games', '@' || coalesce(NEW.organization_id, OLD.organization_id)::text);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER game_domains_announce AFTER INSERT OR DELETE OR UPDATE OF status, is_primary ON game_domains
  FOR EACH ROW EXECUTE FUNCTION sys.announce_studio();--> statement-breakpoint
CREATE TRIGGER hosting_pages_announce AFTER INSERT OR UPDATE ON hosting_pages
  FOR EACH ROW EXECUTE FUNCTION sys.announce_studio();--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.announce_studio() FROM PUBLIC;--> statement-breakpoint

-- A wider answer needs the function anew; the release before reads it by the names of the columns it knows.
DROP FUNCTION sys.resolve_game(text, text);--> statement-breakpoint
CREATE FUNCTION sys.resolve_game(on_host text, wanted text)
RETURNS TABLE (organization_id uuid, url_id uuid, project_id uuid, slug text, status text, expires_at timestamptz,
               build_id uuid, digest text, files jsonb, manifest jsonb, template_id text, pet_name text,
               indexable boolean, primary_domain text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.organization_id, u.id, u.project_id, u.slug, u.status, u.expires_at, b.id, b.digest, b.files, b.manifest,
         b.template_id, p.pet_name, u.indexable,
         (SELECT d.domain FROM game_domains d
          WHERE d.organization_id = u.organization_id AND d.is_primary AND d.status = 'verified')
  FROM urls u
  JOIN projects p ON p.organization_id = u.organization_id AND p.id = u.project_id
  LEFT JOIN builds b ON b.organization_id = u.organization_id AND b.id = u.live_build_id
  WHERE u.host = on_host AND u.status <> 'deleted' AND (u.slug = wanted OR u.id = (
    SELECT r.url_id FROM url_redirects r WHERE r.host = on_host AND r.slug = wanted AND r.organization_id = u.organization_id))
  ORDER BY (u.slug = wanted) DESC LIMIT 1
$$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.list_game_domains()', 'sys.find_hosting_page(uuid)', 'sys.resolve_game(text, text)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;
