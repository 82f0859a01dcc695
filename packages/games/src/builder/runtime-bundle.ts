import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

/** What every game of one template shares. */
export interface RuntimeBundle {
  script: string
  style: string
}

const sourceDir = dirname(dirname(fileURLToPath(import.meta.url)))
/** Browsers of the last four years; phones that play are often old. */
const TARGET = ['es2022', 'chrome100', 'safari15.4', 'firefox100']

const bundles = new Map<string, Promise<RuntimeBundle>>()

/** The minified runtime of a template: made once per process, as the sources cannot change under a running one. */
export function runtimeBundle(templateId: string): Promise<RuntimeBundle> {
  const known = bundles.get(templateId)
  if (known) return known
  const bundle = makeBundle(templateId)
  bundles.set(templateId, bundle)
  // A failure (a full disk, a missing binary) must not stick for the life of the process.
  bundle.catch(() => bundles.delete(templateId))
  return bundle
}

async function makeBundle(templateId: string): Promise<RuntimeBundle> {
  const [script, style] = await Promise.all([bundleScript(templateId), minifyStyle()])
  return { script, style }
}

/** Paths enter esbuild's output only by comments and source maps; both are off, and the folder is fixed all the same. */
async function bundleScript(templateId: string): Promise<string> {
  const result = await build({
    absWorkingDir: sourceDir,
    entryPoints: [`./templates/${templateId}/main.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: TARGET,
    charset: 'ascii',
    legalComments: 'none',
    sourcemap: false,
    logLevel: 'silent',
    tsconfigRaw: {},
  })
  const text = result.outputFiles[0]?.text
  if (text === undefined) throw new Error(`esbuild gave no output for template ${templateId}`)
  return text.trim()
}

async function minifyStyle(): Promise<string> {
  const source = await readFile(join(sourceDir, 'browser', 'style.css'), 'utf8')
  const result = await transform(source, { loader: 'css', minify: true, target: TARGET, charset: 'ascii' })
  return result.code.trim()
}
