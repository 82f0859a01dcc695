import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import supertest from 'supertest'
import { createCdnPurge } from '../src/adapters/cdn-purge.ts'
import { createFolderMailer } from '../src/adapters/folder-mail.ts'
import { createFolderSms } from '../src/adapters/folder-sms.ts'
import { createLocalStore } from '../src/adapters/local-store.ts'
import { createMemoryShared } from '../src/adapters/memory-shared.ts'
import { createClamdScanner } from '../src/adapters/clamd-scan.ts'
import { noScanner } from '../src/adapters/virus-scan.ts'
import { createPushSender } from '../src/adapters/web-push.ts'
import { createTwilioSms } from '../src/adapters/twilio-sms.ts'
import { createTxtRecords } from '../src/adapters/txt-records.ts'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createCrypto, sha256 } from '../src/core/crypto.ts'
import { newId } from '../src/core/ids.ts'
import { connect } from '../src/core/in-tenant.ts'
import { openListener } from '../src/core/listener.ts'
import { openPool } from '../src/db/pool.ts'
import { createSession, createUser } from '../src/db/system.ts'
import type { App, Deps } from '../src/plugins/types.ts'
import type { Role } from '@sparkle/shared/permissions'
import { cloneDatabase } from './database.ts'
import { addToRun, watchRecord } from './on-record.ts'

export interface Person {
  userId: string
  email: string
  role: Role
  token: string
  sessionId: string
  accountId: string | null
}

export interface TestStudio {
  organizationId: string
  slug: string
  /** A new member with this role, signed in. `owner` and `member` get an account of their own. */
  person(role: Role): Promise<Person>
}

export interface Api {
  app: App
  deps: Deps
  appUrl: string
  /** The owner's connection: for arranging and for looking behind the API, never for what a test asserts about it. */
  owner: pg.Pool
  studio(options?: { requireApproval?: boolean }): Promise<TestStudio>
  as(person: Person | null): Requests
  close(): Promise<void>
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
/** supertest with the address of API version 1 and the person's token in front. */
export type Requests = Record<Method, (path: string) => supertest.Test>

/** Any scalar of the curve P-256 is a key. */
const testVapidKey = Buffer.alloc(32, 9).toString('base64url')

export const testPassword = 'sparkle-test-2026'
/** bcrypt of {@link testPassword} at cost 4: sign-in is tested with the real cost where that is the subject. */
const testHash = '$2b$04$pNHP3RtJoubOcxErmlYCfe/JRdwiKR1Ivbb.m6O/bbKGMbPkef7SK'

/** The real app on a database of its own. Nothing of ours is mocked. */
export async function startApi(settings: Record<string, string> = {}): Promise<Api> {
  const database = await cloneDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'sparkle-api-'))
  const config = readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...settings })
  const pool = openPool(database.appUrl, 8, 'test')
  const crypto = createCrypto([Buffer.alloc(32, 7)])
  const listener = await openListener(database.appUrl, { warn: () => undefined })
  const deps: Deps = {
    config,
    db: connect(pool, crypto),
    listener,
    crypto,
    store: createLocalStore({ root: join(dataDir, 'objects'), crypto, publicOrigin: config.publicOrigin }),
    scanner: config.clamavUrl ? createClamdScanner(config.clamavUrl) : noScanner,
    mailer: createFolderMailer({ folder: join(dataDir, 'mail'), from: config.mailFrom }),
    sms: config.sms ? createTwilioSms(config.sms, config.outgoing) : createFolderSms({ folder: join(dataDir, 'sms') }),
    push: createPushSender({ privateKey: testVapidKey, subject: 'mailto:test@example.test' }, config.outgoing),
    txtRecords: createTxtRecords(config.dnsServers),
    cdnPurge: config.cdnPurge ? createCdnPurge(config.cdnPurge, config.outgoing) : null,
    shared: createMemoryShared(),
    jwtSecret: 'a secret that only tests use, 32 bytes or more',
  }
  const record = watchRecord()
  const app = await buildApp(deps, { logger: false, strictReplies: true, onRoute: record.onRoute })
  await app.ready()
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })

  async function studio({ requireApproval = false } = {}): Promise<TestStudio> {
    const organizationId = newId()
    const slug = `studio-${organizationId.slice(-12)}`
    await owner.query('insert into organizations (id, slug, name, require_approval) values ($1, $2, $3, $4)', [
      organizationId,
      slug,
      `Studio ${slug}`,
      requireApproval,
    ])
    return { organizationId, slug, person: (role) => makePerson(organizationId, role) }
  }

  async function makePerson(organizationId: string, role: Role): Promise<Person> {
    const userId = newId()
    const email = `${role}-${userId.slice(-12)}@example.test`
    await createUser(deps.db, {
      id: userId,
      emailCipher: crypto.encrypt(email, 'users.email'),
      emailIndex: crypto.blindIndex(email, 'users.email'),
      passwordHash: testHash,
      displayName: `${role} ${userId.slice(-4)}`,
    })
    const accountId = role === 'owner' || role === 'member' ? newId() : null
    if (accountId)
      await owner.query('insert into accounts (organization_id, id, name) values ($1, $2, $3)', [
        organizationId,
        accountId,
        email,
      ])
    await owner.query('insert into memberships (organization_id, user_id, role, account_id) values ($1, $2, $3, $4)', [
      organizationId,
      userId,
      role,
      accountId,
    ])
    const sessionId = newId()
    await createSession(deps.db, {
      id: sessionId,
      userId,
      organizationId,
      refreshHash: sha256(sessionId),
      userAgent: 'test',
      address: '127.0.0.1',
      lifetimeSeconds: 3600,
    })
    return { userId, email, role, accountId, sessionId, token: app.jwt.sign({ sub: userId, sid: sessionId }) }
  }

  function as(person: Person | null): Requests {
    const request = (method: Method) => (path: string) => {
      const call = supertest(app.server)[method](`/api/v1${path}`)
      return person ? call.set('authorization', `Bearer ${person.token}`) : call
    }
    return {
      get: request('get'),
      post: request('post'),
      put: request('put'),
      patch: request('patch'),
      delete: request('delete'),
    }
  }

  async function close(): Promise<void> {
    await app.close()
    await listener.close()
    await deps.shared.close()
    await addToRun(record, owner)
    await Promise.all([pool.end(), owner.end()])
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }

  return { app, deps, appUrl: database.appUrl, owner, studio, as, close }
}
