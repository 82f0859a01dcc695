import pg from 'pg'

/**
 * Gives the moves and deploys of a demo that was made a moment ago the times they would have had: the owner's hand,
 * since nobody else may rewrite history. A demo that has been lived in is left alone.
 */
export async function seedHistory(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    // What was made longer ago is past that already.
    // The moves of one project lie evenly between its order and its end, or now.
    await client.query(`
      with moves as (
        select c.organization_id, c.id, p.created_at as began, coalesce(p.completed_at, now()) as ended,
          row_number() over course as place, count(*) over (partition by c.organization_id, c.project_id) as moves,
          p.completed_at is not null as done
        from project_status_changes c
        join projects p on p.organization_id = c.organization_id and p.id = c.project_id
        where c.at > now() - interval '10 minutes' and p.created_at < now() - interval '1 hour'
          and p.organization_id in (select id from organizations where slug in ('sparkle', 'neighbour'))
        window course as (partition by c.organization_id, c.project_id order by c.at))
      update project_status_changes c
      set at = began + (ended - began) * (place::float8 / (case when done then moves else moves + 1 end))
      from moves m where c.organization_id = m.organization_id and c.id = m.id
        and not exists (select 1 from audit a where a.organization_id = c.organization_id and a.entity_id = c.project_id
          and a.action = 'project:status:changed' and a.user_agent is distinct from 'demo')`)
    await client.query(`
      update deployments d set created_at = now() - (case when previous_build_id is null then interval '119 days' else interval '21 days' end)
      from audit a where a.organization_id = d.organization_id and a.entity_id = d.url_id and a.action = 'url:deployed'
        and a.user_agent = 'demo' and a.at = d.created_at and d.created_at > now() - interval '10 minutes'`)
  } finally {
    await client.end()
  }
}
