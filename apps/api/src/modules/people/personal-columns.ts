/**
 * Every column that can hold words, ciphers or documents, by table, and what an erasure does about it. A test reads the
 * database and fails for a column that nobody has decided about, so a new table cannot be forgotten.
 */

export interface TableFate {
  /** Blanked, deleted with its row, or unreadable once the person's key is destroyed. */
  erased?: string
  /** May tell of a person and stays, with the reason: `docs/data-protection.md` says so, too. */
  kept?: { columns: string; because: string }
  /** Tells of no person: names of things, digests, settings, what the studio says of itself. */
  impersonal?: string
}

const proof = 'proof of what was done, for 7 years; personal values in it are sealed under a key that is destroyed'
const swept = 'gone by itself within days'
const rests = 'an address answers 410 and rests for a year, so that nobody else is given the name of a pet'
const visited = 'who has opened a link, which only the studio sees; gone by itself'
const ownWords = "the studio's own words, about its own people and rules"

export const tableFates: Readonly<Record<string, TableFate>> = {
  // People and who they are to a studio.
  users: {
    erased: 'email_cipher email_index password_hash display_name avatar_key pending_email_cipher pending_email_index',
    impersonal: 'time_zone locale',
  },
  memberships: {},
  accounts: { erased: 'name' },
  contacts: { erased: 'name email_cipher email_index phone_cipher' },
  invitations: { erased: 'email_cipher email_index' },
  profiles: { erased: 'name bio skills breed traits favourites markings extra', impersonal: 'species' },
  person_keys: { erased: 'key_cipher' },
  person_mails: { erased: 'email_index to_cipher facts' },
  person_exports: { erased: 'storage_key', impersonal: 'digest' },
  person_erasures: { kept: { columns: 'reason', because: 'proof that somebody asked' }, impersonal: 'plan erased' },

  // Signing in.
  sessions: { erased: 'refresh_hash previous_refresh_hash user_agent address revoked_reason acting_reason' },
  second_factors: { erased: 'secret_cipher' },
  recovery_codes: { erased: 'code_hash' },
  passkeys: { erased: 'credential_id public_key transports name' },
  external_identities: { erased: 'subject' },
  spent_tokens: { impersonal: 'token_hash' },
  api_keys: { erased: 'last_used_address', impersonal: 'name prefix token_hash scopes' },
  permission_grants: { erased: 'permission reason' },
  custom_roles: { impersonal: 'name description permissions' },
  identity_providers: {
    impersonal: 'name issuer client_id client_secret_cipher sso_url certificates',
    kept: {
      columns: 'last_test_cipher',
      because: 'what one admin was told of themselves at the last try; overwritten by the next',
    },
  },
  identity_provider_domains: { impersonal: 'domain token' },

  // Work for customers.
  projects: {
    erased:
      'name description customer_name customer_email_cipher customer_email_index customer_phone_cipher pet_name pet_breed pet_age pet_personality game_config notes search',
    kept: { columns: 'order_number', because: 'tax law hangs on it' },
    impersonal: 'status_before_hold',
  },
  project_status_changes: { impersonal: 'from_status to_status' },
  orders: { kept: { columns: 'number consent_version', because: 'tax law, and proof of consent' } },
  assets: {
    erased: 'filename original_filename',
    // Blanked all the same: bytes of which nothing is left.
    impersonal: 'mime_type rejection_reason digest upload_digest metadata recipe upload_key',
  },
  asset_variants: { erased: 'storage_key digest', impersonal: 'mime_type' },
  asset_versions: {
    erased: 'original_filename mime_type digest upload_digest metadata files rejection_reason upload_key recipe',
  },
  upload_tickets: { kept: { columns: 'filename', because: swept }, impersonal: 'mime_type storage_key' },
  builds: {
    erased: 'config files manifest',
    impersonal: 'template_id template_version assets unmet_wishes digest smoke error',
  },
  deliverable_versions: { erased: 'changelog', impersonal: 'digest shown_digest' },
  version_decisions: { erased: 'note checklist guest_name', impersonal: 'points' },
  guest_links: { kept: { columns: 'label', because: ownWords }, impersonal: 'token_hash password_hash' },
  guest_visits: { kept: { columns: 'name agent address_hash', because: visited } },
  version_comments: { erased: 'author_name body log', impersonal: 'state_hash' },
  attachments: { erased: 'filename', impersonal: 'mime_type digest storage_key' },
  messages: { erased: 'body' },
  project_files: { erased: 'name' },
  project_file_versions: { erased: 'filename digest', impersonal: 'mime_type storage_key' },
  project_views: { kept: { columns: 'name filters', because: ownWords }, impersonal: 'sort columns' },
  project_imports: {
    kept: {
      columns: 'filename columns mapping',
      because: 'names of columns; the customers themselves are gone after 7 days',
    },
    impersonal: 'storage_key encoding delimiter date_order',
  },
  urls: { kept: { columns: 'slug skeleton', because: rests }, impersonal: 'host' },
  url_redirects: { erased: 'slug skeleton', impersonal: 'host' },
  erased_addresses: { kept: { columns: 'slug', because: rests }, impersonal: 'host' },

  // What was told and recorded.
  notifications: { erased: 'data', impersonal: 'kind' },
  notification_settings: { erased: 'choices quiet_hours digest phone_cipher phone_code_index' },
  notification_deliveries: { erased: 'key failure', impersonal: 'kind' },
  push_subscriptions: { erased: 'endpoint_index subscription_cipher device' },
  idempotency_keys: { erased: 'scope key body_hash reply' },
  event_log: { erased: 'actor_name data', impersonal: 'type' },
  outbox: { erased: 'actor_name data', impersonal: 'type request_id' },
  audit: {
    erased: 'changes before after',
    kept: { columns: 'address user_agent', because: proof },
    impersonal: 'action entity actor_kind request_id',
  },
  audit_seal: { impersonal: 'previous_hash hash' },
  audit_archive: { impersonal: 'storage_key digest signature' },
  platform_log: {
    kept: { columns: 'person_name reason detail', because: "the platform's own people, who work elsewhere" },
    impersonal: 'action studio_name',
  },

  // Players are told apart by a secret of the day, which is destroyed at midnight.
  game_events: { impersonal: 'load_id visitor referrer_host' },
  game_hour_referrers: { impersonal: 'host' },

  // Studios and the installation.
  organizations: {
    impersonal:
      'slug name tagline accent time_zone locale logo_key order_intro order_thanks review_checklist suspended_reason',
  },
  organization_slugs: { impersonal: 'slug' },
  erased_organizations: { impersonal: 'slug name audit_key' },
  game_domains: { impersonal: 'domain token' },
  hosting_pages: { impersonal: 'message link_label link_url' },
  installation_facts: { impersonal: 'key value' },
  operation_runs: { impersonal: 'facts' },
  stored_file_faults: { impersonal: 'storage_key' },
  stored_file_checks: { impersonal: 'after_key' },
}

/** Erased where it stands, and legible in the record of changes, with the reason. */
export const plainOnRecord: ReadonlyMap<string, string> = new Map([
  ['projects.pet_breed', 'a breed names nobody'],
  ['projects.pet_age', 'an age names nobody'],
  ['permission_grants.permission', 'the name of a right'],
  ['permission_grants.reason', ownWords],
])
