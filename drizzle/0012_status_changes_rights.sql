-- The history of projects' statuses: written by a trigger with the rights of whoever moves the project.

GRANT SELECT, INSERT ON project_status_changes TO app;--> statement-breakpoint
CREATE FUNCTION sys.keep_status_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO project_status_changes (organization_id, project_id, from_status, to_status, at)
  VALUES (NEW.organization_id, NEW.id, OLD.status, NEW.status, clock_timestamp());
  RETURN NULL;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.keep_status_change() FROM PUBLIC;--> statement-breakpoint
CREATE TRIGGER projects_status_change AFTER UPDATE OF status ON projects
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION sys.keep_status_change();--> statement-breakpoint

-- What happened before is on record in the audit.
INSERT INTO project_status_changes (organization_id, project_id, from_status, to_status, at)
  SELECT a.organization_id, a.entity_id, a.changes->'status'->>0, a.changes->'status'->>1, a.at
  FROM audit a JOIN projects p ON p.organization_id = a.organization_id AND p.id = a.entity_id
  WHERE a.action = 'project:status:changed' AND a.entity = 'project'
    AND a.changes->'status'->>0 IS NOT NULL AND a.changes->'status'->>1 IS NOT NULL;
