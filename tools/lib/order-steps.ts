import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** The steps from an order to a game that is played, each by the public API alone, as any script would call it. */

export interface Order {
  orderNumber: string
  trackingUrl: string
}
export interface Asset {
  id: string
  assetType: string
  processingStatus: string
  rejectionReason: string | null
}
export interface Build {
  id: string
  status: string
  error: string | null
  previewUrl: string
  sizeBytes: number
  smoke: { score: number }
}
export interface Address {
  id: string
  slug: string
  fullUrl: string
  expiresAt: string
}
export interface Listed<T> {
  items: T[]
}
interface Upload {
  uploadId: string
  upload: { method: string; url: string; headers: Record<string, string> }
}

const photo = new URL('../../apps/api/test/fixtures/chelsea.png', import.meta.url)

/** A studio's API at an address, as one actor: a visitor until `signIn` was called. */
export interface StudioApi {
  studioUrl: string
  /** Throws with the problem's own words where the call is refused. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  /** Asks again, every `pollMs`, until the answer fits; what takes longer than a minute has failed. */
  until<T>(what: string, ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T>
  signIn(email: string, password: string): Promise<void>
}

export function openStudioApi(studioUrl: string, pollMs: number): StudioApi {
  let token = ''
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await fetch(`${studioUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = (await reply.json()) as { code?: string; detail?: string }
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status} ${answer.code}: ${answer.detail}`)
    return answer as T
  }
  return {
    studioUrl,
    call,
    async until(what, ask, fits) {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
        const answer = await ask()
        if (fits(answer)) return answer
        await new Promise((resolve) => setTimeout(resolve, pollMs))
      }
      throw new Error(`Waited a minute, in vain, for ${what}.`)
    },
    async signIn(email, password) {
      token = (await call<{ accessToken: string }>('POST', '/auth/login', { email, password })).accessToken
    },
  }
}

/** Uploads the photo by a signed request, as a visitor of the order page. Answers the upload's id. */
export async function uploadPhoto(api: StudioApi, studioSlug: string): Promise<string> {
  const bytes = await readFile(photo)
  const form = { filename: 'chelsea.png', mimeType: 'image/png', sizeBytes: bytes.length }
  const { uploadId, upload } = await api.call<Upload>('POST', `/public/studios/${studioSlug}/uploads`, form)
  const stored = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes })
  if (!stored.ok) throw new Error(`The photo was not taken: ${stored.status} ${await stored.text()}`)
  return uploadId
}

export async function orderGame(api: StudioApi, studioSlug: string, uploadId: string): Promise<Order> {
  const page = await api.call<{ form: { consent: { version: string } } }>('GET', `/public/studios/${studioSlug}`)
  return api.call<Order>('POST', `/public/studios/${studioSlug}/orders`, {
    customer: { name: 'Ada Example', email: 'ada@customer.test' },
    pet: { name: 'Chelsea', breed: 'Tabby', age: '3', personality: 'Curious and brave' },
    packageType: 'custom',
    gameConfig: { theme: 'seaside', difficulty: 'easy', features: ['treat-rain'] },
    uploadIds: [uploadId],
    consent: { version: page.form.consent.version },
  })
}

/** The id of the project that the order has become. */
export async function findProject(api: StudioApi, { orderNumber }: Order): Promise<string> {
  const { items } = await api.call<Listed<{ id: string; orderNumber: string }>>('GET', '/projects?sort=-createdAt')
  const project = items.find((item) => item.orderNumber === orderNumber)
  if (!project) throw new Error(`Order ${orderNumber} has not become a project.`)
  return project.id
}

/** The project's first photo, when its processing is done. */
export async function waitForPhoto(api: StudioApi, projectId: string): Promise<Asset> {
  const { items } = await api.until(
    'the photo to be processed',
    () => api.call<Listed<Asset>>('GET', `/projects/${projectId}/assets?assetType=photo`),
    ({ items: [first] }) => first !== undefined && isProcessed(first),
  )
  const [picture] = items
  if (picture?.processingStatus !== 'ready') throw new Error(`The photo was rejected: ${picture?.rejectionReason}`)
  return picture
}

export async function makeSprite(api: StudioApi, photoId: string): Promise<Asset> {
  const { id } = await api.call<Asset>('POST', `/assets/${photoId}/sprites`, {
    crop: { x: 0.02, y: 0, width: 0.9, height: 1 },
    mask: {
      shape: 'ellipse',
      points: [
        [0.06, 0.03],
        [0.86, 0.97],
      ],
    },
    size: 64,
    animations: ['idle', 'walk'],
  })
  return api.until('the sprite', () => api.call<Asset>('GET', `/assets/${id}`), isProcessed)
}

export async function buildGame(api: StudioApi, projectId: string): Promise<Build> {
  const { id } = await api.call<Build>('POST', `/projects/${projectId}/builds`, { templateId: 'catcher' })
  const isDone = ({ status }: Build) => status === 'passed' || status === 'failed'
  const build = await api.until('the build', () => api.call<Build>('GET', `/builds/${id}`), isDone)
  if (build.status !== 'passed') throw new Error(`The build failed: ${build.error}`)
  return build
}

/** Reserves an address that nobody has. */
export function reserveAddress(api: StudioApi, projectId: string): Promise<Address> {
  const slug = `chelsea-${randomUUID().slice(0, 8)}`
  return api.call<Address>('POST', `/projects/${projectId}/urls`, { slug })
}

export function deployBuild(api: StudioApi, address: Address, build: Build): Promise<Address> {
  return api.call<Address>('POST', `/urls/${address.id}/deploy`, { buildId: build.id, replaces: null })
}

/** Loads the page as a phone does; throws unless the game is served. */
export async function openGame({ fullUrl }: Address): Promise<void> {
  const page = await fetch(fullUrl)
  if (!page.ok || !(await page.text()).includes('<iframe'))
    throw new Error(`${fullUrl} does not serve the game (${page.status}).`)
}

/** Tells by beacons, as the page does, that the game is seen, started and finished. */
export async function playGame({ fullUrl, slug }: Address): Promise<void> {
  const loadId = randomUUID()
  for (const beacon of [{ type: 'view' }, { type: 'start' }, { type: 'finish', score: 120, seconds: 42 }]) {
    const taken = await fetch(new URL('/_e', fullUrl), {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': 'Mozilla/5.0 (Linux; Android 15) Mobile example' },
      body: JSON.stringify({ loadId, slug, ...beacon }),
    })
    if (taken.status !== 204) throw new Error(`The beacon was not taken: ${taken.status}`)
  }
}

function isProcessed({ processingStatus }: Asset): boolean {
  return processingStatus === 'ready' || processingStatus === 'rejected'
}
