import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

/** A text that stands in a page, and the hash by which the page's policy admits it. */
export interface Inlined {
  text: string
  /** `'sha256-...'`, quotes included. */
  cspSource: string
}

export interface ShellAssets {
  script: Inlined
  style: Inlined
  /** The friendly pages' style. */
  pageStyle: Inlined
  worker: string
}

const here = dirname(fileURLToPath(import.meta.url))
/** The builder's targets: whoever can run a game can run its shell. */
const target = ['es2022', 'chrome100', 'safari15.4', 'firefox100']

/** Compiles the shell's own browser code. Once in a process: the sources cannot change under it. */
export async function compileShell(): Promise<ShellAssets> {
  const [script, worker, style, pageStyle] = await Promise.all([
    bundle('./shell/main.ts'),
    bundle('./shell-worker/worker.ts'),
    minify('shell/style.css'),
    minify('pages/style.css'),
  ])
  return {
    script: inlined(script.replaceAll('</', '<\\/')),
    worker,
    style: inlined(style),
    pageStyle: inlined(pageStyle),
  }
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target,
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    tsconfigRaw: {},
  })
  const text = result.outputFiles[0]?.text
  if (text === undefined) throw new Error(`esbuild gave no output for ${entry}`)
  return text.trim()
}

async function minify(path: string): Promise<string> {
  const { code } = await transform(await readFile(join(here, path), 'utf8'), { loader: 'css', minify: true, target })
  return code.trim()
}

function inlined(text: string): Inlined {
  return { text, cspSource: `'sha256-${createHash('sha256').update(text).digest('base64')}'` }
}
