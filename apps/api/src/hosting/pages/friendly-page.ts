import type { HostingWords } from '../../db/system-games.ts'
import { represent, type Representation } from '../http/representation.ts'
import type { ShellAssets } from '../shell-assets.ts'
import { sleepingCat } from './charm.ts'
import { escapeHtml } from './html.ts'
import { text } from './texts.ts'

type Kind = 'missing' | 'expired' | 'previewEnded' | 'unavailable'
export type FriendlyPages = Record<Kind, Representation>

/** Shared caches keep these shortly: an address may be taken or renewed the next minute. */
const briefly = 'public, max-age=0, s-maxage=10'

/** The pages for what is not there, each with the status that says so to machines. */
export async function friendlyPages({ pageStyle }: ShellAssets): Promise<FriendlyPages> {
  const page = (status: number, kind: Kind, cacheControl: string, headers: Record<string, string> = {}) =>
    makePage(pageStyle, { status, kind, cacheControl, headers, extra: '' })
  const [missing, expired, previewEnded, unavailable] = await Promise.all([
    page(404, 'missing', briefly),
    page(410, 'expired', briefly),
    page(404, 'previewEnded', 'private, no-store'),
    page(503, 'unavailable', 'no-store', { 'retry-after': '30' }),
  ])
  return { missing, expired, previewEnded, unavailable }
}

/** The same with the studio's own words and link under it; all of them are text, never markup. */
export function studioPage(
  { pageStyle }: ShellAssets,
  kind: 'missing' | 'expired',
  { message, linkLabel, linkUrl }: HostingWords,
): Promise<Representation> {
  const said = message ? `<p class="studio">${escapeHtml(message)}</p>` : ''
  const link = linkUrl ? `<p><a href="${escapeHtml(linkUrl)}" rel="noreferrer">${escapeHtml(linkLabel)}</a></p>` : ''
  const status = kind === 'missing' ? 404 : 410
  return makePage(pageStyle, { status, kind, cacheControl: briefly, headers: {}, extra: `${said}${link}` })
}

interface Page {
  status: number
  kind: Kind
  cacheControl: string
  headers: Record<string, string>
  /** Markup under the text. */
  extra: string
}

function makePage(style: ShellAssets['pageStyle'], { status, kind, cacheControl, headers, extra }: Page) {
  return represent({
    status,
    cacheControl,
    mimeType: 'text/html; charset=utf-8',
    body: pageHtml(text(`${kind}.title`), text(`${kind}.body`), style.text, extra),
    headers: {
      'content-security-policy': `default-src 'none'; style-src ${style.cspSource}; img-src data:; base-uri 'none'; form-action 'none'`,
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
      ...headers,
    },
  })
}

function pageHtml(title: string, body: string, style: string, extra: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${sleepingCat()}
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(body)}</p>
${extra}
</main>
</body>
</html>
`
}
