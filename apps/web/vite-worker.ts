import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'

const source = fileURLToPath(new URL('worker/service-worker.js', import.meta.url))

/** What the service worker knows of a build. */
interface Build {
  /** Of its files: another build, another version. */
  version: string
  /** What every start needs. */
  shell: string[]
  files: string[]
}

function workerOf(build: Build): string {
  return `self.BUILD = ${JSON.stringify(build)}\n${readFileSync(source, 'utf8')}`
}

/** Writes `/service-worker.js` with the names of the build's files in it; in development it keeps nothing. */
export function serviceWorker(): Plugin {
  return {
    name: 'sparkle-service-worker',
    configureServer(server) {
      server.middlewares.use('/service-worker.js', (_request, response) => {
        response.setHeader('content-type', 'text/javascript')
        response.end(workerOf({ version: 'development', shell: [], files: [] }))
      })
    },
    // After the page is written: its text is part of what a version is.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const outputs = Object.values(bundle)
        const files = outputs
          .map(({ fileName }) => `/${fileName}`)
          .filter((name) => /^\/assets\/.*(?<!\.map)$/.test(name))
        const version = createHash('sha256').update(files.toSorted().join('\n')).digest('hex').slice(0, 16)
        const shell = shellOf(outputs).map((name) => `/${name}`)
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: workerOf({ version, shell, files }) })
      },
    },
  }
}

/** The entry, what it imports from the start, its styles, and the letters that the pages are set in. */
function shellOf(outputs: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]): string[] {
  const chunks = new Map(outputs.flatMap((one) => (one.type === 'chunk' ? [[one.fileName, one] as const] : [])))
  const needed = new Set<string>()
  const need = (name: string) => {
    if (needed.has(name)) return
    needed.add(name)
    for (const other of chunks.get(name)?.imports ?? []) need(other)
  }
  for (const chunk of chunks.values()) if (chunk.isEntry) need(chunk.fileName)
  const letters = outputs.filter(
    ({ fileName }) => fileName.endsWith('.css') || /latin-(wght|600)-normal.*\.woff2$/.test(fileName),
  )
  return [...needed, ...letters.map(({ fileName }) => fileName)]
}
