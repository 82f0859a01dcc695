import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

let made: Promise<string> | undefined

/** The script that gives a sandboxed page a `localStorage`. Compiled once in a process; the same bytes on any machine. */
export function storageScript(): Promise<string> {
  made ??= compile()
  return made
}

async function compile(): Promise<string> {
  const result = await build({
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    entryPoints: ['./storage.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    // As far back as browsers go that can run a game of ours.
    target: ['es2022', 'chrome100', 'safari15.4', 'firefox100'],
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    tsconfigRaw: {},
  })
  const text = result.outputFiles[0]?.text
  if (text === undefined) throw new Error('esbuild gave no output for the storage script')
  return text
}
