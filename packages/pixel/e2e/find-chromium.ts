import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'

/** Arguments under which both Debian's and the packaged Chromium run without root and without a graphics card. */
export const chromiumArgs = [
  '--headless=shell',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]

/** Path of a Chromium: Debian's, or else the one unpacked from npm; a reason where there is neither. */
export async function findChromium(): Promise<{ path: string } | { missing: string }> {
  if (existsSync('/usr/bin/chromium')) return { path: '/usr/bin/chromium' }
  try {
    return { path: await chromium.executablePath() }
  } catch (error) {
    return { missing: `no /usr/bin/chromium, and the packaged one does not unpack: ${String(error)}` }
  }
}
