-- Whether addresses are free, by name and by looks; and whether search engines may list a game.

GRANT SELECT (skeleton, indexable) ON urls TO app_system;--> statement-breakpoint
GRANT SELECT (skeleton) ON url_redirects TO app_system;--> statement-breakpoint

-- For each wanted slug: free, taken, resting (ended less than a year ago), or look_alike (another pet's address looks the
-- same). `own_url` is an address that is about to be renamed: it is in nobody's way.
CREATE FUNCTION sys.slug_states(on_host text, wanted text[], for_project uuid, own_url uuid)
RETURNS TABLE (slug text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT w.slug, CASE
    WHEN EXISTS (SELECT 1 FROM urls u WHERE u.host = on_host AND u.slug = w.slug AND u.status IN ('reserved', 'active')
                 AND u.id IS DISTINCT FROM own_url) THEN 'taken'
    WHEN EXISTS (SELECT 1 FROM url_redirects r WHERE r.host = on_host AND r.slug = w.slug) THEN 'taken'
    WHEN EXISTS (SELECT 1 FROM urls u WHERE u.host = on_host AND u.slug = w.slug AND u.live_build_id IS NOT NULL
                 AND u.project_id IS DISTINCT FROM for_project AND u.ended_at > now() - interval '1 year') THEN 'resting'
    WHEN EXISTS (SELECT 1 FROM urls u WHERE u.host = on_host AND u.skeleton = w.skeleton AND u.slug <> w.slug
                 AND u.id IS DISTINCT FROM own_url
                 AND (u.status <> 'deleted' OR (u.live_build_id IS NOT NULL AND u.ended_at > now() - interval '1 year'
                      AND u.project_id IS DISTINCT FROM for_project))) THEN 'look_alike'
    WHEN EXISTS (SELECT 1 FROM url_redirects r WHERE r.host = on_host AND r.skeleton = w.skeleton AND r.slug <> w.slug
                 AND r.url_id IS DISTINCT FROM own_url) THEN 'look_alike'
    ELSE 'free' END
  FROM (SELECT s AS slug, replace(replace(translate(s, '01-', 'ol'), 'rn', 'm'), 'vv', 'w') AS skeleton
        FROM unnest(wanted) AS s) w
$$;--> statement-breakpoint

-- A wider answer needs the function anew; the release before reads it by the names of the columns it knows.
DROP FUNCTION sys.resolve_game(text, text);--> statement-breakpoint
CREATE FUNCTION sys.resolve_game(on_host text, wanted text)
RETURNS TABLE (organization_id uuid, url_id uuid, project_id uuid, slug text, status text, expires_at timestamptz,
               build_id uuid, digest text, files jsonb, manifest jsonb, template_id text, pet_name text,
               indexable boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.organization_id, u.id, u.project_id, u.slug, u.status, u.expires_at, b.id, b.digest, b.files, b.manifest,
         b.template_id, p.pet_name, u.indexable
  FROM urls u
  JOIN projects p ON p.organization_id = u.organization_id AND p.id = u.project_id
  LEFT JOIN builds b ON b.organization_id = u.organization_id AND b.id = u.live_build_id
  WHERE u.host = on_host AND u.status <> 'deleted' AND (u.slug = wanted OR u.id = (
    SELECT r.url_id FROM url_redirects r WHERE r.host = on_host AND r.slug = wanted AND r.organization_id = u.organization_id))
  ORDER BY (u.slug = wanted) DESC LIMIT 1
$$;--> statement-breakpoint

DROP TRIGGER urls_announce ON urls;--> statement-breakpoint
CREATE TRIGGER urls_announce AFTER INSERT OR UPDATE OF slug, status, live_build_id, expires_at, indexable ON urls
  FOR EACH ROW EXECUTE FUNCTION sys.announce_url();--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.slug_states(text, text[], uuid, uuid)', 'sys.resolve_game(text, text)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;
