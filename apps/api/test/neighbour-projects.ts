import { sha256 } from '../src/core/crypto.ts'
import { newId } from '../src/core/ids.ts'
import type { Api } from './harness.ts'

/** A document, a saved view and an import of the studio's. */
export async function furnishProjectWork({ owner, deps }: Api, org: string, project: string, userId: string) {
  const ids = { projectFile: newId(), fileVersion: newId(), projectView: newId(), projectImport: newId() }
  const documentKey = `${org}/documents/${ids.fileVersion}`
  const importKey = `${org}/imports/${ids.projectImport}`
  await deps.store.put(documentKey, Buffer.from('contract'), 'application/pdf')
  await deps.store.put(importKey, Buffer.from('petName\nRex\n'), 'text/csv')
  await owner.query(
    `insert into project_files (organization_id, id, project_id, name, current_number) values ($1, $2, $3, 'a.pdf', 1)`,
    [org, ids.projectFile, project],
  )
  await owner.query(
    `insert into project_file_versions (organization_id, id, file_id, number, filename, mime_type, size_bytes, storage_key, digest, arrived_at)
     values ($1, $2, $3, 1, 'a.pdf', 'application/pdf', 8, $4, $5, now())`,
    [org, ids.fileVersion, ids.projectFile, documentKey, sha256('contract')],
  )
  await owner.query(
    `insert into project_views (organization_id, id, owner_id, name, shared, layout, sort, filters)
     values ($1, $2, $3, 'Mine', true, 'table', '-createdAt', '{}')`,
    [org, ids.projectView, userId],
  )
  await owner.query(
    `insert into project_imports (organization_id, id, created_by, filename, storage_key, encoding, delimiter, columns, row_count, mapping)
     values ($1, $2, $3, 'a.csv', $4, 'utf-8', ',', '["petName"]', 1, '["petName"]')`,
    [org, ids.projectImport, userId, importKey],
  )
  return ids
}

/** A message of the admin's own, and how far they have read. */
export async function furnishConversation(owner: Api['owner'], org: string, project: string, admin: string) {
  const ids = { message: newId() }
  await owner.query(
    `insert into messages (organization_id, id, project_id, number, author_user_id, side, body) values ($1, $2, $3, 1, $4, 'studio', 'Hello')`,
    [org, ids.message, project, admin],
  )
  await owner.query('insert into message_reads (organization_id, project_id, user_id, up_to) values ($1, $2, $3, 1)', [
    org,
    project,
    admin,
  ])
  return ids
}
