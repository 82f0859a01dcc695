-- What was said about a draft is the studio's own, also once the draft is sent.
UPDATE version_comments c SET internal = true
FROM deliverable_versions v
WHERE v.organization_id = c.organization_id AND v.id = c.version_id AND v.status = 'draft' AND NOT c.internal;
