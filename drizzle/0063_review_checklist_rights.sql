-- A studio's admins set what customers tick, and when silent ones are reminded.
GRANT UPDATE (review_checklist, review_reminder_days) ON organizations TO app;
