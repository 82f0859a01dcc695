/**
 * The whole way from an order to a game that is played, by the public API alone. Start a studio first (`npm start`), then
 * `pnpm example:order-to-play`. STUDIO_URL, STUDIO_SLUG, STUDIO_EMAIL and STUDIO_PASSWORD name another one than the demo.
 * The calls themselves are in lib/order-steps.ts.
 */
import {
  buildGame,
  deployBuild,
  findProject,
  type Listed,
  makeSprite,
  openGame,
  openStudioApi,
  orderGame,
  playGame,
  reserveAddress,
  uploadPhoto,
  waitForPhoto,
} from './lib/order-steps.ts'

const {
  STUDIO_URL: studioUrl = 'http://localhost:3000',
  STUDIO_SLUG: studioSlug = 'sparkle',
  STUDIO_EMAIL: email = 'manager@sparkle.test',
  STUDIO_PASSWORD: password = 'sparkle-demo-2026',
} = process.env

let count = 0
const done = (what: string) => console.log(`${String((count += 1)).padStart(2)}. ${what}`)

await fetch(`${studioUrl}/api/health`).catch(() => {
  throw new Error(`No studio answers at ${studioUrl}. Start one with npm start, or name another in STUDIO_URL.`)
})
const api = openStudioApi(studioUrl, 300)
const uploadId = await uploadPhoto(api, studioSlug)
done('The photo is uploaded.')
const order = await orderGame(api, studioSlug, uploadId)
done(`Order ${order.orderNumber} is in; the customer follows it at ${order.trackingUrl}`)

await api.signIn(email, password)
done(`Signed in as ${email}.`)
const projectId = await findProject(api, order)
const { items: artists } = await api.call<Listed<{ id: string; displayName: string }>>('GET', '/users?role=artist')
if (artists[0]) {
  await api.call('POST', `/projects/${projectId}/assign`, { userId: artists[0].id })
  done(`Project ${projectId} is assigned to ${artists[0].displayName}.`)
}
await api.call('POST', `/projects/${projectId}/status`, { status: 'in_progress' })

const photo = await waitForPhoto(api, projectId)
const sprite = await makeSprite(api, photo.id)
done(`Sprite ${sprite.id} is ${sprite.processingStatus}.`)
const build = await buildGame(api, projectId)
done(
  `Build ${build.id} passed: ${build.sizeBytes} bytes, trial score ${build.smoke.score}. Preview: ${build.previewUrl}`,
)

const address = await reserveAddress(api, projectId)
done(`Reserved ${address.fullUrl}`)
const live = await deployBuild(api, address, build)
done(`It is live until ${live.expiresAt.slice(0, 10)}.`)

await openGame(live)
await playGame(live)
done('Somebody has played it.')
const { totals } = await api.until(
  'the play to be counted',
  () =>
    api.call<{ totals: { views: number; plays: number; finishes: number; bestScore: number } }>(
      'GET',
      `/urls/${live.id}/analytics`,
    ),
  (figures) => figures.totals.finishes === 1,
)
done(`The studio sees ${totals.views} view, ${totals.plays} play, best score ${totals.bestScore}.`)
