import { type Browser, type BrowserContext, type Page, request, type Request } from 'playwright-core'
import { demoPassword, type DemoStudio } from '../../../../tools/lib/demo-studio.ts'
import { openBrowser, openProfile } from './browser.ts'
import { listStops, type Stop, type Visitor } from './stops.ts'

export interface Look {
  device: 'desktop' | 'phone'
  theme: 'light' | 'dark'
}

const devices = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
}
type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** A browser that has signed in everybody once, and the list of pages to see. */
export interface Walk {
  stops: Stop[]
  /** A browser in which a visitor is signed in, for tools that drive one by its debugging `port`. */
  openFor(visitor: Visitor, port: number): Promise<BrowserContext>
  /** Opens every page in one look and hands each over when it has settled; answers what the console complained about. */
  see(look: Look, visit: (page: Page, stop: Stop) => Promise<void>): Promise<string[]>
  end(): Promise<void>
}

/** `chosen` leaves pages out by their names. */
export async function startWalk(studio: DemoStudio, chosen: (name: string) => boolean = () => true): Promise<Walk> {
  const browser = await openBrowser()
  const states: Record<NonNullable<Visitor>, State> = {
    admin: await signIn(studio, 'admin'),
    artist: await signIn(studio, 'artist'),
    client: await signIn(studio, 'client'),
    super: await signIn(studio, 'super'),
  }
  const api = await request.newContext({ storageState: states.admin })
  const stops = (await listStops(studio, api)).filter(({ name }) => chosen(name))
  await api.dispose()
  return {
    stops,
    async openFor(visitor, port) {
      const context = await openProfile(port)
      if (visitor) await context.addCookies(states[visitor].cookies)
      return context
    },
    see: (look, visit) => seeAll(browser, states, stops, look, visit),
    end: () => browser.close(),
  }
}

async function signIn({ studioUrl }: DemoStudio, who: NonNullable<Visitor>): Promise<State> {
  const api = await request.newContext()
  const reply = await api.post(`${studioUrl}/api/v1/auth/login`, {
    data: { email: `${who}@sparkle.test`, password: demoPassword },
    headers: { origin: studioUrl },
  })
  if (!reply.ok()) throw new Error(`${who} could not sign in: ${reply.status()} ${await reply.text()}`)
  const state = await api.storageState()
  await api.dispose()
  return state
}

async function seeAll(
  browser: Browser,
  states: Record<NonNullable<Visitor>, State>,
  stops: readonly Stop[],
  { device, theme }: Look,
  visit: (page: Page, stop: Stop) => Promise<void>,
): Promise<string[]> {
  const complaints: string[] = []
  for (const visitor of ['admin', 'artist', 'client', 'super', null] as const) {
    const context = await browser.newContext({
      ...devices[device],
      colorScheme: theme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      ...(visitor && { storageState: states[visitor] }),
    })
    // One page for all of them: its process has compiled the studio's scripts by then.
    const page = await context.newPage()
    let shown: Stop | undefined
    const complain = (text: string) => {
      if (shown && !shown.expected?.test(text)) complaints.push(`${shown.name} (${device}, ${theme}): ${text}`)
    }
    page.on('console', (message) => message.type() === 'error' && complain(message.text()))
    page.on('pageerror', (error) => complain(String(error)))
    const quiet = watchRequests(page)
    for (const stop of stops.filter((one) => one.visitor === visitor)) {
      shown = stop
      // Another #part alone would not load anew.
      if (page.url().split('#')[0] === stop.url.split('#')[0]) await page.goto('about:blank')
      await page.goto(stop.url)
      await settle(page, quiet)
      await visit(page, stop)
    }
    await context.close()
  }
  return complaints
}

/** Waits until the page says what it is, nothing on it is still loading, and every picture in sight is there. */
async function settle(page: Page, quiet: () => Promise<void>): Promise<void> {
  await page.locator('h1, iframe, main').first().waitFor()
  await quiet()
  await page.locator('div.animate-breathe, canvas.animate-breathe').first().waitFor({ state: 'detached' })
  await gamesShown(page)
  await page.evaluate(async () => {
    await document.fonts.ready
    const loading = [...document.images].filter((image) => !image.complete && image.loading !== 'lazy')
    await Promise.all(
      loading.map(
        (image) =>
          new Promise((resolve) => {
            image.addEventListener('load', resolve)
            image.addEventListener('error', resolve)
          }),
      ),
    )
  })
}

/** A game is drawn once its shell shows the frame that it runs in. */
async function gamesShown(page: Page): Promise<void> {
  for (const frame of await page.locator('iframe').all()) {
    const isGame = (await frame.getAttribute('id')) === 'game'
    await (isGame ? frame : frame.contentFrame().locator('#game')).waitFor()
  }
}

const quietMs = 120
const longestMs = 30_000

/** Answers a wait for the moment when nothing has been under way for a while; Playwright's `networkidle` takes half a second. */
function watchRequests(page: Page): () => Promise<void> {
  const underWay = new Set<Request>()
  let changedAt = performance.now()
  const began = (one: Request) => {
    underWay.add(one)
    changedAt = performance.now()
  }
  const ended = (one: Request) => {
    underWay.delete(one)
    changedAt = performance.now()
  }
  page.on('request', began).on('requestfinished', ended).on('requestfailed', ended)
  // What the page before was still waiting for.
  page.on('framenavigated', (frame) => frame === page.mainFrame() && underWay.clear())
  return async () => {
    const until = performance.now() + longestMs
    while (underWay.size > 0 || performance.now() - changedAt < quietMs) {
      if (performance.now() > until)
        throw new Error(`Still loading: ${[...underWay].map((one) => one.url()).join(', ')}`)
      await new Promise((done) => setTimeout(done, 20))
    }
  }
}
