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
    represent({
      status,
      cacheControl,
      mimeType: 'text/html; charset=utf-8',
      body: pageHtml(text(`${kind}.title`), text(`${kind}.body`), pageStyle.text),
      headers: {
        'content-security-policy': `default-src 'none'; style-src ${pageStyle.cspSource}; img-src data:; base-uri 'none'; form-action 'none'`,
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
        ...headers,
      },
    })
  const [missing, expired, previewEnded, unavailable] = await Promise.all([
    page(404, 'missing', briefly),
    page(410, 'expired', briefly),
    page(404, 'previewEnded', 'private, no-store'),
    page(503, 'unavailable', 'no-store', { 'retry-after': '30' }),
  ])
  return { missing, expired, previewEnded, unavailable }
}

function pageHtml(title: string, body: string, style: string): string {
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
</main>
</body>
</html>
`
}
