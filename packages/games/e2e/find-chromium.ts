import { existsSync } from 'node:fs'

/** Arguments under which Chromium runs without root and without a graphics card. */
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

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Path of an installed Chromium, or undefined. */
export function findChromium(): string | undefined {
  return candidates.find((path) => existsSync(path))
}
