/** What is deleted by itself, and what does it. */
export interface RetentionRule {
  what: string
  table: string
  kept: string
  /** A sweep, round or chore of the worker, or a function of schema `sys`. */
  by: string
}

/**
 * Everything with an end of its own. Whatever is not here is kept as long as the project, the person or the studio it
 * belongs to. `docs/data-protection.md` shows the same table; a test compares the two, and that every doer is there.
 */
export const retentionRules: readonly RetentionRule[] = [
  { what: 'Ended sessions, with address and browser', table: 'sessions', kept: '90 days', by: 'forget' },
  { what: 'Replies kept for a repeated request', table: 'idempotency_keys', kept: '24 hours', by: 'idempotency-keys' },
  { what: 'Single plays of a game', table: 'game_events', kept: '30 days, then only sums', by: 'game-figures' },
  {
    what: 'Secret that tells visitors apart',
    table: 'sys.visitor_salts',
    kept: 'until midnight UTC',
    by: 'game-figures',
  },
  { what: 'Read and unread notifications', table: 'notifications', kept: '1 year', by: 'notifications' },
  {
    what: 'Mails, pushes and texts that were sent',
    table: 'notification_deliveries',
    kept: '90 days',
    by: 'forget-deliveries',
  },
  { what: 'Mails to people', table: 'person_mails', kept: 'until sent or given up', by: 'send mails to people' },
  { what: 'CSV files of imports', table: 'project_imports', kept: '7 days', by: 'old-imports' },
  { what: 'Uploads that were never completed', table: 'assets', kept: '1 day', by: 'abandoned-uploads' },
  {
    what: 'Documents that were never completed',
    table: 'project_file_versions',
    kept: '1 day',
    by: 'abandoned-documents',
  },
  { what: 'Attached files that belong to nothing', table: 'attachments', kept: '1 day', by: 'abandoned-attachments' },
  { what: 'Events that were handed on', table: 'outbox', kept: '7 days', by: 'outbox' },
  { what: 'Links that were used once', table: 'spent_tokens', kept: 'until they expire', by: 'sys.spend_once' },
  {
    what: 'Visits by review links, with name and browser',
    table: 'guest_visits',
    kept: '90 days after their end',
    by: 'guest-visits',
  },
  { what: 'Record of changes and reads', table: 'audit', kept: '7 years, then in an archive', by: 'audit-months' },
  { what: "Runs of the operator's jobs", table: 'operation_runs', kept: '400 days', by: 'back up' },
]

/** The rules as the table of the documentation. */
export function retentionTable(): string {
  const rows = retentionRules.map(({ what, table, kept, by }) => `| ${what} | \`${table}\` | ${kept} | \`${by}\` |`)
  return ['| what | table | kept | ended by |', '| --- | --- | --- | --- |', ...rows].join('\n')
}
