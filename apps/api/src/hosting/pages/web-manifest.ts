import type { Bundle } from '../bundle-files.ts'
import type { Source } from '../http/representation.ts'
import { picturePattern, type ShellManifest, sideOf, THEME_COLOR } from './shell-page.ts'

/** With it a phone can put the game on its home screen; the scope keeps it apart from every other game. */
export function webManifest(slug: string, { petName, title }: ShellManifest, bundle: Bundle): Source {
  const icons = bundle.files
    .filter(({ path }) => picturePattern.test(path) && path.startsWith('icon'))
    .map(({ path }) => ({
      src: path,
      type: 'image/png',
      ...(sideOf(path) ? { sizes: `${sideOf(path)}x${sideOf(path)}` } : {}),
    }))
  const manifest = {
    id: `/${slug}/`,
    name: title,
    short_name: petName,
    start_url: './',
    scope: './',
    display: 'standalone',
    orientation: 'any',
    background_color: THEME_COLOR,
    theme_color: THEME_COLOR,
    icons,
  }
  return {
    body: JSON.stringify(manifest),
    mimeType: 'application/manifest+json',
    cacheControl: 'public, max-age=0, s-maxage=60, stale-while-revalidate=300',
  }
}
