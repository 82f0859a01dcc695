import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram } from '../test/parts/available.ts'
import { freePort, startProcess, type TestProcess } from '../test/parts/process.ts'
import { ask, openHostingData, takeSpecimen, writeNginx } from './lib/hosting-data.ts'
import { interleave, measure, median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:hosting`: requests a second of a game's page, its brotli document and a 304, from the real host (every
 * plugin, slug look-up on) against nginx with one worker that sends the same bytes with the same headers, and against
 * `@fastify/static`. Servers run on core 0, the load on core 1.
 */
const rounds = 5
const seconds = Number(process.argv[2] ?? 3)
const connections = 32
const slug = 'buttercup'
const aims = { page: 0.6, document: 0.55, unchanged: 0.45 }

const nginxProgram = findProgram('nginx')
if (!nginxProgram || !findProgram('wrk') || !findProgram('taskset'))
  throw new Error('This benchmark needs nginx, wrk and taskset: apt-get install nginx-light wrk util-linux')

const ports = { host: await freePort(), nginx: await freePort(), plugin: await freePort() }
const data = await openHostingData(`127.0.0.1:${ports.host}`, slug)
const running: TestProcess[] = []
try {
  const hostProgram = fileURLToPath(new URL('../test/host-process.ts', import.meta.url))
  await start(ports.host, process.execPath, [hostProgram, data.appUrl, data.objects, String(ports.host)])
  const origin = `http://127.0.0.1:${ports.host}`
  const paths = { page: `/${slug}/`, document: `/_b/${data.digest}/game.html` }
  const page = await takeSpecimen(origin + paths.page, 'page.html')
  const document = await takeSpecimen(origin + paths.document, 'document.html')
  await start(ports.nginx, nginxProgram, ['-c', await writeNginx(data.folder, ports.nginx, [page, document])])

  const root = join(data.folder, 'static')
  await mkdir(root)
  for (const { name, body } of [page, document]) {
    await writeFile(
      join(root, name),
      await (await fetch(origin + (name === 'page.html' ? paths.page : paths.document))).text(),
    )
    await writeFile(join(root, `${name}.br`), body)
  }
  const pluginProgram = fileURLToPath(new URL('lib/static-server.ts', import.meta.url))
  await start(ports.plugin, process.execPath, [pluginProgram, root, String(ports.plugin)])

  const own = { page: paths.page, document: paths.document, unchanged: paths.document }
  const peers = { page: '/page.html', document: '/document.html', unchanged: '/document.html' }
  console.info(`page ${page.body.length} bytes, document ${document.body.length} bytes, both brotli`)
  console.info(`req/s, median of ${rounds} interleaved runs of ${seconds} s (lowest to highest)`)
  let reached = true
  for (const [name, aim] of Object.entries(aims) as [keyof typeof aims, number][]) {
    const results = await interleave(
      {
        host: await load(`${origin}${own[name]}`, name === 'unchanged'),
        nginx: await load(`http://127.0.0.1:${ports.nginx}${peers[name]}`, name === 'unchanged'),
        plugin: await load(`http://127.0.0.1:${ports.plugin}${peers[name]}`, name === 'unchanged'),
      },
      rounds,
    )
    const { host = [], nginx = [], plugin = [] } = results
    const ratios = host.map((rate, round) => rate / (nginx[round] ?? Number.NaN))
    const overPlugin = host.map((rate, round) => rate / (plugin[round] ?? Number.NaN))
    console.info(`${name}`)
    console.info(`  host              ${spread(host)}`)
    console.info(`  nginx, 1 worker   ${spread(nginx)}`)
    console.info(`  @fastify/static   ${spread(plugin)}`)
    console.info(`  host / nginx      ${spread(ratios, 2)}   (at least ${aim})`)
    console.info(`  host / static     ${spread(overPlugin, 1)}`)
    reached &&= median(ratios) >= aim
  }
  process.exitCode = reached ? 0 : 1
} finally {
  await Promise.all(running.map((one) => one.stop()))
  await data.stop()
}

async function start(port: number, program: string, args: string[]): Promise<void> {
  const started = startProcess('taskset', ['-c', '0', program, ...args])
  running.push(started)
  await started.listening(port)
}

/** A run against `url`, warmed up; with `unchanged` it names the tag that this very server gave. */
async function load(url: string, unchanged: boolean): Promise<() => Promise<number>> {
  const headers: Record<string, string> = { 'accept-encoding': 'br' }
  if (unchanged) {
    headers['if-none-match'] = String((await ask(url, headers)).headers.etag)
    const { status } = await ask(url, headers)
    if (status !== 304) throw new Error(`${url} answers ${status} to its own tag`)
  }
  await measure({ url, headers, connections, seconds: 1 })
  return () => measure({ url, headers, connections, seconds })
}
