import type { APIRequestContext } from 'playwright-core'
import type { DemoStudio } from '../../../../tools/lib/demo-studio.ts'
import { linkInMail } from './mail.ts'

/** What the demo's data leaves out and pages show: made as a person would, through the API. */
export interface Furnished {
  /** Pages whose addresses nobody can guess. */
  tracking: string
  invitation: string
  reviewLink: string
  unsubscribe: string
}

/** `api` is signed in as the demo's admin; `artistId` gets a role's exceptions, `projectId` what is shared. */
export async function furnish(
  studio: DemoStudio,
  api: APIRequestContext,
  { artistId, projectId }: { artistId: string; projectId: string },
): Promise<Furnished> {
  const at = (path: string) => `${studio.studioUrl}/api/v1${path}`
  const [tracking, invitation] = [await orderGame(api, studio.studioUrl), await invite(api, studio)]
  await post(api, at('/roles'), {
    name: 'Publisher',
    description: 'Puts finished games live.',
    baseRole: 'manager',
    permissions: ['projects:read', 'urls:read', 'urls:deploy'],
  })
  await post(api, at(`/users/${artistId}/grants`), {
    effect: 'allow',
    permission: 'analytics:read',
    reason: 'Wants to see which games are played.',
  })
  await post(api, at(`/users/${artistId}/grants`), {
    effect: 'deny',
    permission: 'assets:delete',
    reason: 'Until the archive is sorted.',
  })
  await post(api, at('/api-keys'), { name: 'Nightly order import', scopes: ['orders:read', 'projects:read'] })
  await post(api, at('/service-accounts'), { name: 'Web shop', role: 'manager' })
  await post(api, at('/identity-providers'), {
    kind: 'oidc',
    name: 'Sparkle Workspace',
    issuer: 'https://login.example.test',
    clientId: 'sparkle-studio',
    domains: ['sparkle-studio.example'],
  })
  const { url: reviewLink } = await post<{ url: string }>(api, at(`/projects/${projectId}/guest-links`), {
    scope: 'approve',
    label: 'Grandparents',
    password: 'meadow and hills',
  })
  await post(api, at(`/projects/${projectId}/invites`), { email: 'grandma@example.test' })
  const unsubscribe = await linkInMail(studio, /https?:\/\/\S+\/unsubscribe#[\w.~-]+/)
  return { tracking, invitation, reviewLink, unsubscribe }
}

async function get<T>(api: APIRequestContext, url: string): Promise<T> {
  const reply = await api.get(url)
  if (!reply.ok()) throw new Error(`${url} answered ${reply.status()}: ${await reply.text()}`)
  return (await reply.json()) as T
}

async function post<T>(api: APIRequestContext, url: string, data: unknown): Promise<T> {
  const reply = await api.post(url, { data, headers: { origin: new URL(url).origin } })
  if (!reply.ok()) throw new Error(`${url} answered ${reply.status()}: ${await reply.text()}`)
  return (await reply.json()) as T
}

/** Orders as a visitor would; answers the address of the tracking page. */
async function orderGame(api: APIRequestContext, studioUrl: string): Promise<string> {
  const studio = `${studioUrl}/api/v1/public/studios/sparkle`
  const { form } = await get<{ form: { consent: { version: string } } }>(api, studio)
  const { trackingUrl } = await post<{ trackingUrl: string }>(api, `${studio}/orders`, {
    customer: { name: 'Ann Miller', email: 'ann@example.test' },
    pet: { name: 'Pepper', breed: 'Border collie', age: '2 years', personality: 'Herds everything.' },
    packageType: 'custom',
    gameConfig: { difficulty: 'easy', features: [] },
    consent: { version: form.consent.version },
  })
  return trackingUrl
}

async function invite(api: APIRequestContext, studio: DemoStudio): Promise<string> {
  await post(api, `${studio.studioUrl}/api/v1/users`, { email: 'lea.novak@example.test', role: 'artist' })
  return linkInMail(studio, /https?:\/\/\S+\/invite\/[\w.~-]+/)
}
