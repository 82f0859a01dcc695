import type { Settings } from './settings.ts'

/** What is wrong with settings that are right by themselves, a line for each; no line holds a value. */
export function faultsOf(value: Settings): string[] {
  return [
    ...partialS3(value, 'S3'),
    ...partialS3(value, 'BACKUP_S3'),
    ...partialPurge(value),
    ...partialSms(value),
    ...(value.NODE_ENV === 'production' ? productionFaults(value) : []),
  ]
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
