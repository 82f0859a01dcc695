import { z } from 'zod'
import type { Bundle } from '../bundle-files.ts'
import type { Source } from '../http/representation.ts'
import type { ShellAssets } from '../shell-assets.ts'
import { SETTINGS_ID, type ShellSettings } from '../shell/settings.ts'
import { escapeHtml, jsonForHtml } from './html.ts'
import { text } from './texts.ts'

const cspHash = z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/)

const named = { title: z.string().min(1), petName: z.string().min(1) }

/** What the shell needs of a build's manifest. Hashes go into a header, so their shape is checked here. */
export const shellManifest = z.union([
  z.object({
    ...named,
    kind: z.literal('document').default('document'),
    scriptHashes: z.array(cspHash).min(1),
    styleHashes: z.array(cspHash),
  }),
  z.object({ ...named, kind: z.literal('page'), entryPoint: z.string().min(1) }),
])
export type ShellManifest = z.infer<typeof shellManifest>

export interface ShellInput {
  /** A live game's slug and the key of its saves; left out for a preview, which counts and keeps nothing. */
  live?: { slug: string; saveKey: string; indexable: boolean; address: string }
  bundle: Bundle
  manifest: ShellManifest
  assets: ShellAssets
  publicOrigin: string
  gamesOrigin: string
}

export const GAME_PATH = 'game.html'
/** Said here and in a header; robots.txt must not forbid the page, or no crawler would ever read it. */
const NO_INDEX = '<meta name="robots" content="noindex">'
/**
 * For shared caches alone (RFC 9213). In `Cache-Control` browsers would take `stale-while-revalidate` for themselves, and a
 * returning player would get the page from before a deploy, a rename or the end of a term.
 */
const CDN_CACHE = 'public, max-age=60, stale-while-revalidate=300'
/** Keeps a browser from asking for /favicon.ico. */
const NO_ICON = '<link rel="icon" href="data:,">'
export const THEME_COLOR = '#2a1b3d'
/** Pictures of a build that stand under its address by name. */
export const picturePattern = /^(?:icon[a-z0-9-]*|share)\.png$/

/**
 * The page a player opens: our own small document around the sandboxed game. A `srcdoc` frame inherits its parent's
 * policy, so this one admits the shell's script and the game's by their hashes, and nothing else that runs.
 */
export function shellPage(input: ShellInput): Source {
  const { live, bundle, manifest, assets, publicOrigin, gamesOrigin } = input
  const { petName, title: game } = manifest
  const title = game.includes(petName) ? game : text('shell.title', { name: petName, title: game })
  const { kind } = manifest
  const document = `/_b/${bundle.digest}/${kind === 'page' ? encodeURI(manifest.entryPoint) : GAME_PATH}`
  const pictures = bundle.files.map(({ path }) => path).filter((path) => picturePattern.test(path))
  const settings: ShellSettings = {
    slug: live?.slug ?? '',
    starts: kind,
    document,
    saveKey: live?.saveKey ?? null,
    live: live !== undefined,
    drivenFrom: live ? null : publicOrigin,
    extras: live
      ? [...pictures.filter((path) => path !== 'share.png'), 'manifest.webmanifest'].map(
          (path) => `/${live.slug}/${path}`,
        )
      : [],
  }
  const head = live
    ? liveHead({
        address: live.address,
        slug: live.slug,
        title,
        petName,
        pictures,
        indexable: live.indexable,
      })
    : `${NO_INDEX}\n${NO_ICON}`
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${escapeHtml(title)}</title>
<meta name="theme-color" content="${THEME_COLOR}">
${kind === 'page' ? '' : `<link rel="preload" as="fetch" crossorigin href="${document}">`}
${head}
<style>${assets.style.text}</style>
</head>
<body>
<p id="name" aria-hidden="true">${escapeHtml(title)}</p>
<div id="loading" role="status"><span class="quiet">${escapeHtml(text('shell.loading'))}</span><div class="dots"><i></i><i></i><i></i></div></div>
<div id="trouble" role="alert" hidden><p>${escapeHtml(text('shell.trouble'))}<br>${escapeHtml(text('shell.troubleHint'))}</p><button type="button" id="again">${escapeHtml(text('shell.again'))}</button></div>
<iframe id="game" title="${escapeHtml(text('shell.frame', { title: game }))}" sandbox="allow-scripts" allow="autoplay; fullscreen; gamepad" hidden></iframe>
<noscript>${escapeHtml(text('shell.noScript'))}</noscript>
<script type="application/json" id="${SETTINGS_ID}">${jsonForHtml(settings)}</script>
<script>${assets.script.text}</script>
</body>
</html>
`
  return {
    body,
    mimeType: 'text/html; charset=utf-8',
    cacheControl: live ? 'public, max-age=0, must-revalidate, s-maxage=60' : 'private, no-store',
    headers: {
      ...(live ? { 'cdn-cache-control': CDN_CACHE } : {}),
      'content-security-policy': policyOf(input),
      // A preview's address is its key, so it must not travel; on live pages the browsers' own default is right.
      ...(live ? {} : { 'referrer-policy': 'no-referrer' }),
      ...(live?.indexable ? {} : { 'x-robots-tag': 'noindex' }),
      ...(gamesOrigin.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    },
  }
}

function policyOf({ assets, bundle, manifest, publicOrigin, gamesOrigin }: ShellInput): string {
  const quoted = (hashes: string[]) => hashes.map((hash) => `'${hash}'`)
  const { scriptHashes, styleHashes } = manifest.kind === 'page' ? { scriptHashes: [], styleHashes: [] } : manifest
  return [
    "default-src 'none'",
    `script-src ${[assets.script.cspSource, ...quoted(scriptHashes)].join(' ')}`,
    `style-src ${[assets.style.cspSource, ...quoted(styleHashes)].join(' ')}`,
    // The frame of a studio's own game may show its own files and lead nowhere else.
    ...(manifest.kind === 'page' ? [`frame-src ${gamesOrigin}/_b/${bundle.digest}/`] : []),
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${publicOrigin}`,
  ].join('; ')
}

interface Head {
  address: string
  slug: string
  title: string
  petName: string
  pictures: string[]
  indexable: boolean
}

function liveHead({ address, slug, title, petName, pictures, indexable }: Head): string {
  const description = text('shell.description', { name: petName })
  const icons = pictures.filter((path) => path.startsWith('icon'))
  const meta = (name: string, content: string) => `<meta property="${name}" content="${escapeHtml(content)}">`
  return [
    ...(indexable ? [] : [NO_INDEX]),
    `<meta name="description" content="${escapeHtml(description)}">`,
    `<link rel="canonical" href="${address}">`,
    `<link rel="manifest" href="/${slug}/manifest.webmanifest">`,
    ...(icons.length === 0 ? [NO_ICON] : []),
    ...icons.map((path) => `<link rel="icon" type="image/png"${sizesOf(path)} href="/${slug}/${path}">`),
    ...icons.slice(-1).map((path) => `<link rel="apple-touch-icon" href="/${slug}/${path}">`),
    meta('og:type', 'website'),
    meta('og:url', address),
    meta('og:title', title),
    meta('og:description', description),
    ...(pictures.includes('share.png')
      ? [
          meta('og:image', `${address}share.png`),
          meta('og:image:alt', title),
          '<meta name="twitter:card" content="summary_large_image">',
        ]
      : []),
  ].join('\n')
}

/** `icon-192.png` says its own size. */
function sizesOf(path: string): string {
  const side = sideOf(path)
  return side ? ` sizes="${side}x${side}"` : ''
}

export function sideOf(path: string): string | undefined {
  return /-(\d{2,4})\.png$/.exec(path)?.[1]
}
