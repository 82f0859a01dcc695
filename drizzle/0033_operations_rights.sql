GRANT SELECT, INSERT ON installation_facts TO app;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON operation_runs TO app;--> statement-breakpoint
GRANT UPDATE (secret_cipher) ON second_factors TO app_system;--> statement-breakpoint

-- Key rotation of columns that belong to no studio. `wanted` is `table.column`. Rows are locked and those that somebody
-- else has locked are skipped, so that the rotation never waits and never makes a request fail by a deadlock.
CREATE FUNCTION sys.take_stale_ciphers(wanted text, newest text, after uuid, most integer)
RETURNS TABLE (id uuid, cipher text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE wanted
    WHEN 'users.email_cipher' THEN RETURN QUERY
      SELECT u.id, u.email_cipher FROM users u WHERE u.id > after AND left(u.email_cipher, 8) <> newest
      ORDER BY u.id LIMIT most FOR UPDATE SKIP LOCKED;
    WHEN 'users.pending_email_cipher' THEN RETURN QUERY
      SELECT u.id, u.pending_email_cipher FROM users u WHERE u.id > after AND left(u.pending_email_cipher, 8) <> newest
      ORDER BY u.id LIMIT most FOR UPDATE SKIP LOCKED;
    WHEN 'second_factors.secret_cipher' THEN RETURN QUERY
      SELECT f.user_id, f.secret_cipher FROM second_factors f WHERE f.user_id > after AND left(f.secret_cipher, 8) <> newest
      ORDER BY f.user_id LIMIT most FOR UPDATE SKIP LOCKED;
    WHEN 'person_mails.to_cipher' THEN RETURN QUERY
      SELECT p.id, p.to_cipher FROM person_mails p WHERE p.id > after AND left(p.to_cipher, 8) <> newest
      ORDER BY p.id LIMIT most FOR UPDATE SKIP LOCKED;
  END CASE;
END $$;--> statement-breakpoint

CREATE FUNCTION sys.replace_cipher(wanted text, row_id uuid, replacement text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  CASE wanted
    WHEN 'users.email_cipher' THEN UPDATE users SET email_cipher = replacement WHERE id = row_id;
    WHEN 'users.pending_email_cipher' THEN UPDATE users SET pending_email_cipher = replacement WHERE id = row_id;
    WHEN 'second_factors.secret_cipher' THEN UPDATE second_factors SET secret_cipher = replacement WHERE user_id = row_id;
    WHEN 'person_mails.to_cipher' THEN UPDATE person_mails SET to_cipher = replacement WHERE id = row_id;
  END CASE;
END $$;--> statement-breakpoint

CREATE FUNCTION sys.count_ciphers(wanted text)
RETURNS TABLE (key_id text, amount integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT c.key_id, count(*)::int FROM (
    SELECT left(u.email_cipher, 8) AS key_id FROM users u WHERE wanted = 'users.email_cipher'
    UNION ALL SELECT left(u.pending_email_cipher, 8) FROM users u WHERE wanted = 'users.pending_email_cipher'
    UNION ALL SELECT left(f.secret_cipher, 8) FROM second_factors f WHERE wanted = 'second_factors.secret_cipher'
    UNION ALL SELECT left(p.to_cipher, 8) FROM person_mails p WHERE wanted = 'person_mails.to_cipher'
  ) c WHERE c.key_id IS NOT NULL GROUP BY c.key_id;
END $$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.take_stale_ciphers(text, text, uuid, integer)', 'sys.replace_cipher(text, uuid, text)',
    'sys.count_ciphers(text)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;
