-- Somebody who ends their link to a provider ends the sessions it has opened. Only the own rows are seen.
GRANT SELECT (provider_id) ON sessions TO app;
