import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'

const roles = ['api', 'worker', 'host'] as const
export type ProcessRole = (typeof roles)[number]

const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)
const port = z.coerce.number().int().min(0).max(65_535)

const keySetting = z
  .string()
  .transform((value) => Buffer.from(value.trim(), 'base64'))
  .refine((bytes) => bytes.length === 32, { error: 'must be a 32-byte key in base64' })

const settings = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: port.default(3000),
  GAMES_PORT: port.default(3001),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_ORIGIN: origin.optional(),
  GAMES_ORIGIN: origin.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(3).max(200).default(10),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default('SparkleClassic <hello@sparkle.test>'),
  SMS_URL: z.url({ protocol: /^https?$/ }).default('https://api.twilio.com'),
  SMS_ACCOUNT_SID: z
    .string()
    .regex(/^\w{5,64}$/)
    .optional(),
  SMS_AUTH_TOKEN: z.string().min(8).optional(),
  SMS_FROM: z.string().min(3).max(40).optional(),
  VAPID_PRIVATE_KEY: z
    .string()
    .refine((key) => Buffer.from(key, 'base64url').length === 32, { error: 'must be 32 bytes in base64url' })
    .optional(),
  VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:|https:\/\/)/, { error: 'must begin with mailto: or https://' })
    .optional(),
  CLAMAV_URL: z.url({ protocol: /^(tcp|unix)$/, error: 'must be tcp://host:3310 or unix:///path' }).optional(),
  DNS_SERVERS: z
    .string()
    .transform((value) => value.split(',').map((server) => server.trim()))
    .optional(),
  OUTGOING_ALLOW: z
    .string()
    .transform((value, context) => {
      const allowed = readAllowed(value)
      if (allowed) return allowed
      context.addIssue({ code: 'custom', message: 'must be name:port pairs and CIDR ranges, comma-separated' })
      return z.NEVER
    })
    .optional(),
  CDN_PURGE_URL: z.url({ protocol: /^https?$/ }).optional(),
  CDN_PURGE_SECRET: z.string().min(24).optional(),
  JWT_SECRET: z.string().min(32).optional(),
  DATA_KEYS: z
    .string()
    .transform((value) => value.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
    .refine((keys) => keys.every((key) => key.length === 32), {
      error: 'must be 32-byte keys in base64, comma-separated',
    })
    .optional(),
  INDEX_KEY: keySetting.optional(),
  BACKUP_KEY: keySetting.optional(),
  BACKUP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BACKUP_KEEP_DAYS: z.coerce.number().int().min(0).max(3650).default(14),
  BACKUP_DIR: z.string().optional(),
  BACKUP_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  BACKUP_S3_REGION: z.string().default('us-east-1'),
  BACKUP_S3_BUCKET: z.string().optional(),
  BACKUP_S3_ACCESS_KEY_ID: z.string().optional(),
  BACKUP_S3_SECRET_ACCESS_KEY: z.string().optional(),
  ROLES: z
    .string()
    .default('api,worker,host')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles)).min(1)),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(1200),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  DEMO: z.enum(['0', '1']).optional(),
  OPEN_STUDIOS: z.enum(['0', '1']).default('0'),
})

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
  const faults = [
    ...partialS3(value, 'S3'),
    ...partialS3(value, 'BACKUP_S3'),
    ...partialPurge(value),
    ...partialSms(value),
    ...(production ? productionFaults(value) : []),
  ]
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

type Settings = z.infer<typeof settings>

export interface Outgoing {
  allowHosts: readonly string[]
  allowRanges: readonly { network: string; prefix: number }[]
  allowHttp: boolean
}

type Allowed = Omit<Outgoing, 'allowHttp'>

const nobody: Allowed = { allowHosts: [], allowRanges: [] }
const thisMachine: Allowed = {
  allowHosts: [],
  allowRanges: [
    { network: '127.0.0.0', prefix: 8 },
    { network: '::1', prefix: 128 },
  ],
}

function readAllowed(value: string): Allowed | null {
  const entries = value.split(',').map((entry) => entry.trim().toLowerCase())
  const ranges = entries.map((entry) => /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry))
  const hosts = entries.filter((_entry, index) => !ranges[index])
  const allowRanges = ranges.flatMap((match) => (match ? [{ network: match[1] ?? '', prefix: Number(match[2]) }] : []))
  const soundRange = ({ network, prefix }: { network: string; prefix: number }) =>
    isIP(network) !== 0 && prefix <= (isIP(network) === 4 ? 32 : 128)
  const sound = hosts.every((host) => /^[a-z0-9.-]{1,253}:\d{1,5}$/.test(host)) && allowRanges.every(soundRange)
  return sound ? { allowHosts: hosts, allowRanges } : null
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

function partialS3(value: Settings, prefix: 'S3' | 'BACKUP_S3'): string[] {
  const needed = (['ENDPOINT', 'BUCKET', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'] as const).map(
    (name) => `${prefix}_${name}` as const,
  )
  const missing = needed.filter((key) => !value[key])
  return missing.length === 0 || missing.length === needed.length
    ? []
    : missing.map((key) => `${key}: is missing while other settings of that store are there`)
}

function partialSms(value: Settings): string[] {
  const needed = ['SMS_ACCOUNT_SID', 'SMS_AUTH_TOKEN', 'SMS_FROM'] as const
  const missing = needed.filter((key) => !value[key])
  return missing.length === 0 || missing.length === needed.length
    ? []
    : missing.map((key) => `${key}: is missing while other settings of text messages are there`)
}

function partialPurge(value: Settings): string[] {
  if (Boolean(value.CDN_PURGE_URL) === Boolean(value.CDN_PURGE_SECRET)) return []
  const missing = value.CDN_PURGE_URL ? 'CDN_PURGE_SECRET' : 'CDN_PURGE_URL'
  return [`${missing}: is missing, and the other setting of the CDN's purge is there`]
}

const weakPasswords = new Set(['postgres', 'password', 'app', 'owner', 'secret', 'sparkle', 'changeme'])

function productionFaults(value: Settings): string[] {
  const faults = (['DATABASE_URL', 'JWT_SECRET', 'DATA_KEYS', 'PUBLIC_ORIGIN', 'GAMES_ORIGIN'] as const)
    .filter((key) => !value[key])
    .map((key) => `${key}: is needed in production`)
  for (const key of ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const) {
    const link = value[key]
    if (!link) continue
    const { password, hostname, searchParams } = new URL(link)
    if (!password || weakPasswords.has(decodeURIComponent(password)))
      faults.push(`${key}: has no password or a default one`)
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
    if (!local && !['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? ''))
      faults.push(`${key}: is a plain link; add sslmode=verify-full`)
  }
  if (
    value.PUBLIC_ORIGIN &&
    value.GAMES_ORIGIN &&
    new URL(value.PUBLIC_ORIGIN).hostname === new URL(value.GAMES_ORIGIN).hostname
  )
    faults.push('GAMES_ORIGIN: must be another host than PUBLIC_ORIGIN, because cookies ignore ports')
  if (value.DEMO === '1') faults.push('DEMO: must not be 1 in production, its passwords are public')
  return faults
}

function packageVersion(): string {
  const file = new URL('../../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
