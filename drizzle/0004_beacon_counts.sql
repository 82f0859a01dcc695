-- `view_count = view_count + 1` reads the column it writes, so counting beacons needs to see the counters too.
GRANT SELECT (view_count, play_count, last_accessed_at) ON urls TO app_system;
