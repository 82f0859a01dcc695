-- Ways to be told: the runtime role keeps people's choices and the record of every message.
GRANT SELECT, INSERT, UPDATE, DELETE ON notification_settings, project_mutes, push_subscriptions TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON notification_deliveries TO app;--> statement-breakpoint

-- Whoever had turned mails off keeps them off, for every kind there was. The old column stays for the release before.
INSERT INTO notification_settings (organization_id, user_id, choices)
SELECT m.organization_id, m.user_id, jsonb_build_object(
  'message', '{"mail": false}'::jsonb, 'project_assigned', '{"mail": false}'::jsonb,
  'order_received', '{"mail": false}'::jsonb, 'build_failed', '{"mail": false}'::jsonb,
  'url_deployed', '{"mail": false}'::jsonb, 'url_expiring', '{"mail": false}'::jsonb,
  'url_expired', '{"mail": false}'::jsonb, 'deadline_approaching', '{"mail": false}'::jsonb,
  'domain_lapsed', '{"mail": false}'::jsonb)
FROM memberships m JOIN users u ON u.id = m.user_id WHERE NOT u.notification_mails;
