-- `8` looks like `b` and `5` like `s`. The column `skeleton` was made anew, so that its rights and an index are set again.

GRANT SELECT (skeleton) ON urls TO app_system;--> statement-breakpoint
GRANT SELECT (skeleton) ON url_redirects TO app_system;--> statement-breakpoint
CREATE INDEX "url_redirects_skeleton_idx" ON "url_redirects" USING btree ("host","skeleton");--> statement-breakpoint

-- As in 0010, with the new looks.
CREATE OR REPLACE FUNCTION sys.slug_states(on_host text, wanted text[], for_project uuid, own_url uuid)
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
  FROM (SELECT s AS slug, replace(replace(translate(s, '0158-', 'olsb'), 'rn', 'm'), 'vv', 'w') AS skeleton
        FROM unnest(wanted) AS s) w
$$;
