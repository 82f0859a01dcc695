import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const common = [
  '--headless=shell',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/**
 * Arguments under which Debian's and the packaged Chromium run without root and without a graphics card. No page uses
 * WebGL: drawn without a graphics library in between, pages cost a fifth less of the processor.
 */
export const chromiumArgs = [...common, '--disable-gpu']
/** The same with a graphics library, as people's browsers draw: for what measures the time of a page's own thread. */
export const drawingArgs = [...common, '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The path of a Chromium: an installed one, else the one that npm brought, unpacked. Throws where there is neither. */
export async function findChromium(): Promise<string> {
  const found = installed.find((path) => existsSync(path))
  if (found) return found
  const web = createRequire(new URL('../../apps/web/package.json', import.meta.url))
  const packaged = (await import(pathToFileURL(web.resolve('@sparticuz/chromium')).href)) as {
    default: { executablePath(): Promise<string> }
  }
  return packaged.default.executablePath()
}
