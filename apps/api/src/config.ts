import { readFileSync } from 'node:fs'
import { faultsOf } from './settings-faults.ts'
import { type Allowed, type Settings, settings } from './settings.ts'

export type ProcessRole = Settings['ROLES'][number]

/** Raised when the environment cannot be used. The message names the settings and never holds a value. */
export class ConfigError extends Error {}

export interface Config {
  production: boolean
  version: string
  port: number
  gamesPort: number
  host: string
  publicOrigin: string
  gamesOrigin: string
  dataDir: string
  databaseUrl: string | undefined
  databaseOwnerUrl: string | undefined
  databasePool: number
  redisUrl: string | undefined
  s3: S3 | undefined
  backup: BackupSettings
  smtpUrl: string | undefined
  mailFrom: string
  /** A service for text messages; without one they land in a folder. */
  sms: { url: string; accountSid: string; authToken: string; from: string } | undefined
  vapidPrivateKey: string | undefined
  /** Whom push services can ask about this installation. */
  vapidSubject: string
  clamavUrl: string | undefined
  /** Whom to ask about studios' domains; this machine's resolvers where left out. */
  dnsServers: readonly string[] | undefined
  /** Where a CDN is told what to forget. */
  cdnPurge: { url: string; secret: string } | undefined
  /** Whom the server may call besides public addresses over TLS; development may call itself. */
  outgoing: Outgoing
  jwtSecret: string | undefined
  dataKeys: readonly Buffer[] | undefined
  /** The root of blind indexes, seals and tokens; the last data key where left out. */
  indexKey: Buffer | undefined
  roles: readonly ProcessRole[]
  logLevel: string
  /** Requests a minute of one account; an address without sign-in gets a quarter of it. */
  rateLimitPerMinute: number
  /** Which hops of `X-Forwarded-For` are believed, counted from this process; false for none. */
  trustProxy: false | ((address: string, hop: number) => boolean)
  demo: boolean
  /** Whether everybody with a confirmed address may found a studio; else only the platform's people do. */
  openStudios: boolean
}

/** Reads the whole environment once. Throws {@link ConfigError} naming every setting that is wrong or missing. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = settings.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`)
  }
  const value = parsed.data
  const production = value.NODE_ENV === 'production'
  const faults = faultsOf(value)
  if (faults.length > 0)
    throw new ConfigError(`These settings cannot be used:\n${faults.map((f) => `  ${f}`).join('\n')}`)

  return Object.freeze({
    production,
    version: packageVersion(),
    port: value.PORT,
    gamesPort: value.GAMES_PORT,
    host: value.HOST,
    publicOrigin: value.PUBLIC_ORIGIN ?? `http://localhost:${value.PORT}`,
    gamesOrigin: value.GAMES_ORIGIN ?? `http://127.0.0.1:${value.GAMES_PORT}`,
    dataDir: value.DATA_DIR,
    databaseUrl: value.DATABASE_URL,
    databaseOwnerUrl: value.DATABASE_OWNER_URL,
    databasePool: value.DATABASE_POOL,
    redisUrl: value.REDIS_URL,
    s3: s3Of(value, 'S3'),
    backup: {
      key: value.BACKUP_KEY,
      databaseUrl: value.BACKUP_DATABASE_URL,
      keepDays: value.BACKUP_KEEP_DAYS,
      folder: value.BACKUP_DIR,
      s3: s3Of(value, 'BACKUP_S3'),
    },
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    sms:
      value.SMS_ACCOUNT_SID && value.SMS_AUTH_TOKEN && value.SMS_FROM
        ? {
            url: value.SMS_URL,
            accountSid: value.SMS_ACCOUNT_SID,
            authToken: value.SMS_AUTH_TOKEN,
            from: value.SMS_FROM,
          }
        : undefined,
    vapidPrivateKey: value.VAPID_PRIVATE_KEY,
    vapidSubject: value.VAPID_SUBJECT ?? `mailto:${/[^\s<]+@[^\s>]+/.exec(value.MAIL_FROM)?.[0] ?? 'hello@localhost'}`,
    clamavUrl: value.CLAMAV_URL,
    dnsServers: value.DNS_SERVERS,
    cdnPurge:
      value.CDN_PURGE_URL && value.CDN_PURGE_SECRET
        ? { url: value.CDN_PURGE_URL, secret: value.CDN_PURGE_SECRET }
        : undefined,
    outgoing: { ...(value.OUTGOING_ALLOW ?? (production ? nobody : thisMachine)), allowHttp: !production },
    jwtSecret: value.JWT_SECRET,
    dataKeys: value.DATA_KEYS,
    indexKey: value.INDEX_KEY,
    roles: value.ROLES,
    logLevel: value.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    rateLimitPerMinute: value.RATE_LIMIT_PER_MINUTE,
    // To believe the whole header, which begins with what the caller wrote, would let everybody choose their address.
    trustProxy: value.TRUST_PROXY > 0 && ((_address: string, hop: number) => hop < value.TRUST_PROXY),
    demo: value.DEMO ? value.DEMO === '1' : !production,
    openStudios: value.OPEN_STUDIOS === '1',
  })
}

export interface Outgoing extends Allowed {
  allowHttp: boolean
}

const nobody: Allowed = { allowHosts: [], allowRanges: [] }
const thisMachine: Allowed = {
  allowHosts: [],
  allowRanges: [
    { network: '127.0.0.0', prefix: 8 },
    { network: '::1', prefix: 128 },
  ],
}

interface S3 {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

export interface BackupSettings {
  /** Encrypts backups; follows from the index key where left out. */
  key: Buffer | undefined
  /** A role that reads every row; the owner where left out. */
  databaseUrl: string | undefined
  /** 0 for no backups on schedule. */
  keepDays: number
  /** The second places, beside `backups` in the data folder. */
  folder: string | undefined
  s3: S3 | undefined
}

function s3Of(value: Settings, prefix: 'S3' | 'BACKUP_S3'): S3 | undefined {
  const endpoint = value[`${prefix}_ENDPOINT`]
  if (!endpoint) return undefined
  return {
    endpoint,
    region: value[`${prefix}_REGION`],
    bucket: value[`${prefix}_BUCKET`] ?? '',
    accessKeyId: value[`${prefix}_ACCESS_KEY_ID`] ?? '',
    secretAccessKey: value[`${prefix}_SECRET_ACCESS_KEY`] ?? '',
  }
}

function packageVersion(): string {
  const file = new URL('../../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
