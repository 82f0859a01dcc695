/**
 * The whole way from an order to a game that is played, by the public API alone. Start a studio first (`npm start`), then
 * `pnpm example:order-to-play`. STUDIO_URL, STUDIO_SLUG, STUDIO_EMAIL and STUDIO_PASSWORD name another one than the demo.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'

const {
  STUDIO_URL: studioUrl = 'http://localhost:3000',
  STUDIO_SLUG: studioSlug = 'sparkle',
  STUDIO_EMAIL: email = 'manager@sparkle.test',
  STUDIO_PASSWORD: password = 'sparkle-demo-2026',
} = process.env
const photo = new URL('../apps/api/test/fixtures/chelsea.png', import.meta.url)
const slug = `chelsea-${randomUUID().slice(0, 8)}`
let token = ''

/** One call of the API; throws with the problem's own words where it is refused. */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const reply = await fetch(`${studioUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = await reply.json()
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status} ${answer.code}: ${answer.detail}`)
  return answer as T
}

/** Asks again until the answer fits. What takes longer than a minute has failed. */
async function until<T>(what: string, ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const answer = await ask()
    if (fits(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  throw new Error(`Waited a minute, in vain, for ${what}.`)
}

let count = 0
const done = (what: string) => console.log(`${String((count += 1)).padStart(2)}. ${what}`)

interface Order {
  orderNumber: string
  trackingUrl: string
}
interface Upload {
  uploadId: string
  upload: { method: string; url: string; headers: Record<string, string> }
}
interface Listed<T> {
  items: T[]
}
interface Asset {
  id: string
  assetType: string
  processingStatus: string
  rejectionReason: string | null
}
interface Build {
  id: string
  status: string
  error: string | null
  previewUrl: string
  sizeBytes: number
  smoke: { score: number }
}
interface Address {
  id: string
  fullUrl: string
  expiresAt: string
}

async function orderGame(): Promise<Order> {
  const bytes = await readFile(photo)
  const form = { filename: 'chelsea.png', mimeType: 'image/png', sizeBytes: bytes.length }
  const { uploadId, upload } = await call<Upload>('POST', `/public/studios/${studioSlug}/uploads`, form)
  const stored = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes })
  if (!stored.ok) throw new Error(`The photo was not taken: ${stored.status} ${await stored.text()}`)
  done(`The photo is uploaded: ${bytes.length} bytes.`)

  const page = await call<{ form: { consent: { version: string } } }>('GET', `/public/studios/${studioSlug}`)
  const order = await call<Order>('POST', `/public/studios/${studioSlug}/orders`, {
    customer: { name: 'Ada Example', email: 'ada@customer.test' },
    pet: { name: 'Chelsea', breed: 'Tabby', age: '3', personality: 'Curious and brave' },
    packageType: 'custom',
    gameConfig: { theme: 'seaside', difficulty: 'easy', features: ['treat-rain'] },
    uploadIds: [uploadId],
    consent: { version: page.form.consent.version },
  })
  done(`Order ${order.orderNumber} is in; the customer follows it at ${order.trackingUrl}`)
  return order
}

async function makeSprite(projectId: string): Promise<Asset> {
  const isDone = ({ processingStatus }: Asset) => processingStatus === 'ready' || processingStatus === 'rejected'
  const { items } = await until(
    'the photo to be processed',
    () => call<Listed<Asset>>('GET', `/projects/${projectId}/assets?assetType=photo`),
    ({ items: [first] }) => first !== undefined && isDone(first),
  )
  const [picture] = items
  if (picture?.processingStatus !== 'ready') throw new Error(`The photo was rejected: ${picture?.rejectionReason}`)
  const { id } = await call<Asset>('POST', `/assets/${picture.id}/sprites`, {
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
  return until('the sprite', () => call<Asset>('GET', `/assets/${id}`), isDone)
}

async function buildGame(projectId: string): Promise<Build> {
  const { id } = await call<Build>('POST', `/projects/${projectId}/builds`, { templateId: 'catcher' })
  const isDone = ({ status }: Build) => status === 'passed' || status === 'failed'
  const build = await until('the build', () => call<Build>('GET', `/builds/${id}`), isDone)
  if (build.status !== 'passed') throw new Error(`The build failed: ${build.error}`)
  return build
}

/** What a phone does: load the page, then tell by beacons that it is seen, started and finished. */
async function play({ fullUrl }: Address): Promise<void> {
  const page = await fetch(fullUrl)
  if (!page.ok || !(await page.text()).includes('<iframe'))
    throw new Error(`${fullUrl} does not serve the game (${page.status}).`)
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

await fetch(`${studioUrl}/api/health`).catch(() => {
  throw new Error(`No studio answers at ${studioUrl}. Start one with npm start, or name another in STUDIO_URL.`)
})
const order = await orderGame()
token = (await call<{ accessToken: string }>('POST', '/auth/login', { email, password })).accessToken
done(`Signed in as ${email}.`)

const projects = await call<Listed<{ id: string; orderNumber: string }>>('GET', '/projects?sort=-createdAt')
const project = projects.items.find(({ orderNumber }) => orderNumber === order.orderNumber)
if (!project) throw new Error(`Order ${order.orderNumber} has not become a project.`)
const { items: artists } = await call<Listed<{ id: string; displayName: string }>>('GET', '/users?role=artist')
if (artists[0]) {
  await call('POST', `/projects/${project.id}/assign`, { userId: artists[0].id })
  done(`Project ${project.id} is assigned to ${artists[0].displayName}.`)
}
await call('POST', `/projects/${project.id}/status`, { status: 'in_progress' })

const sprite = await makeSprite(project.id)
done(`Sprite ${sprite.id} is ${sprite.processingStatus}.`)
const build = await buildGame(project.id)
done(
  `Build ${build.id} passed: ${build.sizeBytes} bytes, trial score ${build.smoke.score}. Preview: ${build.previewUrl}`,
)

const address = await call<Address>('POST', `/projects/${project.id}/urls`, { slug })
done(`Reserved ${address.fullUrl}`)
const live = await call<Address>('POST', `/urls/${address.id}/deploy`, { buildId: build.id, replaces: null })
done(`It is live until ${live.expiresAt.slice(0, 10)}.`)

await play(live)
done('Somebody has played it.')
const { totals } = await until(
  'the play to be counted',
  () =>
    call<{ totals: { views: number; plays: number; finishes: number; bestScore: number } }>(
      'GET',
      `/urls/${live.id}/analytics`,
    ),
  (figures) => figures.totals.finishes === 1,
)
done(`The studio sees ${totals.views} view, ${totals.plays} play, best score ${totals.bestScore}.`)
