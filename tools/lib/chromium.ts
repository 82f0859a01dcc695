import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** Arguments under which Debian's and the packaged Chromium run without root and without a graphics card. */
export const chromiumArgs = [
  '--headless=shell',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // No page uses WebGL: drawn without a graphics library in between, pages cost a fifth less of the processor.
  '--disable-gpu',
]

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
