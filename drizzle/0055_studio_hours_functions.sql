-- Keeps the hours of all of a studio's games in step with those of each game, in the same statement's transaction.

GRANT SELECT, INSERT, UPDATE ON game_studio_hours TO app;--> statement-breakpoint

-- Hours of games are only ever added and taken away. Sorted, so that two of these never wait for each other crosswise.
CREATE FUNCTION sys.sum_studio_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.game_studio_hours AS s (organization_id, hour, views, plays, finishes)
  SELECT organization_id, hour, f * sum(views), f * sum(plays), f * sum(finishes)
  FROM changed, (SELECT CASE TG_OP WHEN 'DELETE' THEN -1 ELSE 1 END AS f) AS sign
  GROUP BY organization_id, hour, f ORDER BY organization_id, hour
  ON CONFLICT (organization_id, hour) DO UPDATE SET views = s.views + excluded.views,
    plays = s.plays + excluded.plays, finishes = s.finishes + excluded.finishes;
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.sum_studio_hours() FROM PUBLIC;--> statement-breakpoint

INSERT INTO game_studio_hours (organization_id, hour, views, plays, finishes)
SELECT organization_id, hour, sum(views), sum(plays), sum(finishes) FROM game_hours GROUP BY organization_id, hour;--> statement-breakpoint

CREATE TRIGGER game_hours_sum_added AFTER INSERT ON game_hours
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sys.sum_studio_hours();--> statement-breakpoint
CREATE TRIGGER game_hours_sum_taken AFTER DELETE ON game_hours
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION sys.sum_studio_hours();
