-- Mails to people: the runtime role adds to the queue; only the two functions below read it.
GRANT INSERT ON person_mails TO app;--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON person_mails TO app_system;--> statement-breakpoint
CREATE POLICY system_all ON person_mails FOR ALL TO app_system USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE FUNCTION sys.announce_person_mail() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('sc_person_mails', '');
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER person_mails_announce AFTER INSERT ON person_mails
  FOR EACH STATEMENT EXECUTE FUNCTION sys.announce_person_mail();--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sys.announce_person_mail() FROM PUBLIC;--> statement-breakpoint

GRANT SELECT (password_version, pending_email_cipher, pending_email_index) ON users TO app;--> statement-breakpoint
GRANT UPDATE (pending_email_cipher, pending_email_index) ON users TO app;--> statement-breakpoint
GRANT UPDATE (password_hash, password_version, email_cipher, email_index, email_confirmed_at, pending_email_cipher,
  pending_email_index, updated_at, version) ON users TO app_system;--> statement-breakpoint

-- Takes due mails for one try. Whoever dies with one leaves it to the next try, which comes later each time.
CREATE FUNCTION sys.claim_person_mails(most integer)
RETURNS TABLE (id uuid, kind text, attempts integer, created_at timestamptz, to_cipher text, facts jsonb, user_id uuid,
               email_cipher text, display_name text, locale text, password_version integer, pending_email_cipher text,
               pending_email_index text, email_index text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH due AS (
    SELECT p.id FROM person_mails p WHERE p.next_try_at <= now() ORDER BY p.next_try_at LIMIT most FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE person_mails p SET attempts = p.attempts + 1,
      next_try_at = now() + make_interval(secs => 15 * power(2, least(p.attempts, 8)))
    FROM due WHERE p.id = due.id RETURNING p.*)
  SELECT t.id, t.kind, t.attempts, t.created_at, t.to_cipher, t.facts, u.id, u.email_cipher, u.display_name, u.locale,
    u.password_version, u.pending_email_cipher, u.pending_email_index, u.email_index
  FROM taken t LEFT JOIN users u ON u.id = t.user_id OR (t.user_id IS NULL AND u.email_index = t.email_index)
$$;--> statement-breakpoint
CREATE FUNCTION sys.forget_person_mail(wanted uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DELETE FROM person_mails WHERE id = wanted
$$;--> statement-breakpoint

-- A new password in place of the one of `expected` version; ends all sessions but the one to keep. False: it was changed
-- meanwhile. A reset came through the mailbox, which confirms the address.
CREATE FUNCTION sys.set_password(owner uuid, expected integer, hash text, keep uuid, by_mail boolean)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE users SET password_hash = hash, password_version = password_version + 1, updated_at = now(),
    email_confirmed_at = CASE WHEN by_mail THEN coalesce(email_confirmed_at, now()) ELSE email_confirmed_at END
  WHERE id = owner AND password_version = expected;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE sessions SET revoked_at = now(), revoked_reason = 'password_changed'
  WHERE user_id = owner AND revoked_at IS NULL AND id IS DISTINCT FROM keep;
  RETURN true;
END $$;--> statement-breakpoint

-- What a link of a mail can be about, before anybody is signed in.
CREATE FUNCTION sys.find_person(wanted uuid)
RETURNS TABLE (email_cipher text, email_index text, pending_email_index text, email_confirmed_at timestamptz,
               password_version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.email_cipher, u.email_index, u.pending_email_index, u.email_confirmed_at, u.password_version
  FROM users u WHERE u.id = wanted
$$;--> statement-breakpoint

-- The mailbox of `wanted` has answered. Outcomes: confirmed, changed (it was the new one), already, taken (somebody else
-- has it meanwhile), unknown (it is neither the present address nor the waiting one any more).
CREATE FUNCTION sys.confirm_email(owner uuid, wanted text)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE u users%ROWTYPE;
BEGIN
  SELECT * INTO u FROM users WHERE id = owner FOR UPDATE;
  IF u.pending_email_index = wanted THEN
    UPDATE users SET email_cipher = u.pending_email_cipher, email_index = wanted, email_confirmed_at = now(),
      pending_email_cipher = NULL, pending_email_index = NULL, updated_at = now(), version = version + 1
    WHERE id = owner;
    RETURN 'changed';
  ELSIF u.email_index = wanted AND u.email_confirmed_at IS NULL THEN
    UPDATE users SET email_confirmed_at = now(), updated_at = now(), version = version + 1 WHERE id = owner;
    RETURN 'confirmed';
  ELSIF u.email_index = wanted THEN
    RETURN 'already';
  END IF;
  RETURN 'unknown';
EXCEPTION WHEN unique_violation THEN
  RETURN 'taken';
END $$;--> statement-breakpoint

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['sys.claim_person_mails(integer)', 'sys.forget_person_mail(uuid)',
    'sys.set_password(uuid, integer, text, uuid, boolean)', 'sys.find_person(uuid)',
    'sys.confirm_email(uuid, text)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('ALTER FUNCTION %s OWNER TO app_system', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', f);
  END LOOP;
END $$;
