import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import type { GameMessage, ShellMessage } from '../src/bridge.ts'
import type { GameBuild } from '../src/builder/build-game.ts'
import { cspHash } from '../src/builder/digest.ts'

/** A bare shell as strict as the real one: sandboxed frame by `srcdoc`, a policy that admits the build's hashes only. */
export interface TestShell {
  url: string
  /** The game's document by itself, as a preview opens it. */
  aloneUrl: string
  close(): Promise<void>
}

const shellScript = `
  window.heard = []
  const frame = document.querySelector('iframe')
  addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow) return
    window.heard.push(event.data)
    if (event.data.type === 'load') window.tell({ v: 1, type: 'loaded', best: 70, muted: true })
  })
  window.tell = (message) => frame.contentWindow.postMessage(message, '*')
  fetch('/game.html').then((reply) => reply.text()).then((html) => { frame.srcdoc = html })
`

const shellPage = `<!doctype html><title>Shell</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shell.css">
<iframe sandbox="allow-scripts" allow="autoplay; fullscreen; gamepad"></iframe>
<script src="/shell.js"></script>`

/** @param opening a script of the test's that runs in the game's document before any of its own */
export async function startShell(build: GameBuild, opening = ''): Promise<TestShell> {
  const bytes = build.files.find((file) => file.path === 'game.html')!.bytes
  const game = new TextDecoder()
    .decode(bytes)
    .replace('<head>', () => `<head>${opening && `<script>${opening}</script>`}`)
  const { scriptHashes, styleHashes } = build.manifest
  const quoted = (hashes: string[]) => hashes.map((hash) => `'${hash}'`).join(' ')
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${quoted([...scriptHashes, cspHash(opening)])}`,
    `style-src 'self' ${quoted(styleHashes)}`,
    'img-src data: blob:',
    "connect-src 'self'",
  ].join('; ')
  const replies: Record<string, { type: string; body: string | Uint8Array; policy?: string }> = {
    '/': { type: 'text/html', body: shellPage, policy },
    '/shell.js': { type: 'text/javascript', body: shellScript },
    '/shell.css': {
      type: 'text/css',
      body: 'body{margin:0}iframe{position:fixed;inset:0;width:100%;height:100%;border:0}',
    },
    '/game.html': { type: 'text/html; charset=utf-8', body: game },
  }
  const server = createServer((request, response) => {
    const reply = replies[request.url ?? '']
    if (!reply) return response.writeHead(204).end()
    const headers = reply.policy ? { 'content-security-policy': reply.policy } : {}
    return response.writeHead(200, { 'content-type': reply.type, ...headers }).end(reply.body)
  })
  await listen(server)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}/`,
    aloneUrl: `${origin}/game.html`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        // Browsers hold connections open, used and unused: left alone, the line above waits for them.
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}

declare const heard: GameMessage[]
declare const tell: (message: ShellMessage) => void

/** Sends a message to the game as its shell. */
export function tellGame(page: Page, message: ShellMessage): Promise<void> {
  return page.evaluate((sent) => tell(sent), message)
}

export function hasHeard(page: Page, type: GameMessage['type']): Promise<boolean> {
  return page.evaluate((wanted) => heard.some((message) => message.type === wanted), type)
}

/** Waits for the `count`th message of a type that the game has sent. */
export async function heardFrom<T extends GameMessage['type']>(
  page: Page,
  type: T,
  count = 1,
): Promise<Extract<GameMessage, { type: T }>> {
  await page.waitForFunction(
    ([wanted, times]) => heard.filter((message) => message.type === wanted).length >= times,
    [type, count] as const,
    { timeout: 60_000 },
  )
  const found = await page.evaluate(
    ([wanted, times]) => heard.filter((message) => message.type === wanted)[times - 1],
    [type, count] as const,
  )
  return found as Extract<GameMessage, { type: T }>
}
