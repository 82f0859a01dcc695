import { en } from '@sparkle/shared/messages/en'

const texts = en.people.export

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** `consentVersion` -> `Consent version`: the page says by the names of the data what the data are. */
function words(key: string): string {
  const spaced = key.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

function show(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (Array.isArray(value))
    return value.length === 0 ? '–' : `<ol>${value.map((one) => `<li>${show(one)}</li>`).join('')}</ol>`
  if (typeof value !== 'object') return escape(String(value))
  const rows = Object.entries(value).map(([key, inner]) => `<dt>${escape(words(key))}</dt><dd>${show(inner)}</dd>`)
  return `<dl>${rows.join('')}</dl>`
}

/** The data as a page that needs nothing but a browser; every value is escaped, and no script may run. */
export function exportPage(data: Record<string, unknown>, photos: readonly { path: string }[]): string {
  const sections = Object.entries(data)
    .filter(([, value]) => typeof value === 'object' && value !== null)
    .map(([key, value]) => `<section><h2>${escape(words(key))}</h2>${show(value)}</section>`)
  const pictures = photos.map(({ path }) => `<img src="${escape(path)}" alt="" loading="lazy">`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(texts.title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{color:#666}dd{margin:0}img{max-width:12rem;margin:.25rem}</style>
</head><body><h1>${escape(texts.title)}</h1><p>${escape(texts.lead)}</p>${sections.join('')}<p>${pictures.join('')}</p></body></html>`
}
