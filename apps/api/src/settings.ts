import { isIP } from 'node:net'
import { z } from 'zod'

const roles = ['api', 'worker', 'host'] as const

const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)
const port = z.coerce.number().int().min(0).max(65_535)

const keySetting = z
  .string()
  .transform((value) => Buffer.from(value.trim(), 'base64'))
  .refine((bytes) => bytes.length === 32, { error: 'must be a 32-byte key in base64' })

/** The environment, each setting by itself. */
export const settings = z.object({
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
export type Settings = z.output<typeof settings>

/** Whom the server may call besides public addresses: names with ports, and ranges of addresses. */
export interface Allowed {
  allowHosts: readonly string[]
  allowRanges: readonly { network: string; prefix: number }[]
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
