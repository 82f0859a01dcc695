-- An asset's versions are read and written by the runtime role like the asset itself.
GRANT SELECT, INSERT, UPDATE, DELETE ON asset_versions TO app;
