/** A line of a mail's foot; with an address it is a link. */
export interface FootLine {
  text: string
  href?: string
}

/** A list within a mail: the digest's parts, or what was held back. */
export interface MailSection {
  title: string
  items: readonly { text: string; detail?: string; href: string }[]
}

export interface MailParts {
  language: string
  studio: string
  accent: string | null
  /** The address of the logo within the mail. */
  logo: string | null
  greeting: string
  heading: string
  paragraphs: readonly string[]
  sections: readonly MailSection[]
  action: { label: string; href: string }
  linkHint: string
  footer: readonly FootLine[]
}

const ownAccent = '#c8452f'

/** The same mail for readers without HTML: nothing that the other says is missing here. */
export function textOf(parts: MailParts): string {
  const { studio, greeting, heading, paragraphs, sections, action, footer } = parts
  const lists = sections.map(({ title, items }) =>
    [
      ...(title ? [title] : []),
      ...items.map(({ text, detail, href }) => `* ${text}${detail ? ` (${detail})` : ''}\n  ${href}`),
    ].join('\n'),
  )
  const foot = footer.map(({ text, href }) => (href ? `${text}: ${href}` : text)).join('\n')
  return `${[studio, heading, greeting, ...paragraphs, ...lists, `${action.label}: ${action.href}`, '-- '].join('\n\n')}\n${foot}`
}

/**
 * Colours of a dark page, for mail programs that ask for them. They stand in a style sheet, since inline styles know no
 * media; programs that drop it show the light mail.
 */
const darkStyles = `@media (prefers-color-scheme: dark) {
.page { background: #191715 !important; color: #f2efec !important; }
.sheet { background: #24211e !important; border-color: #3a3531 !important; }
.ink { color: #f2efec !important; }
.muted, .muted a { color: #b3aca5 !important; }
.row { border-color: #3a3531 !important; }
}
@media (max-width: 480px) { .pad { padding-left: 20px !important; padding-right: 20px !important; } }`

/**
 * A mail as HTML: tables and inline styles, because that is what mail programs render alike; nothing is fetched from
 * anywhere, the logo travels along, and every value is escaped.
 */
export function htmlOf(parts: MailParts): string {
  const accent = accentOf(parts.accent)
  const { label, href } = parts.action
  const paragraphs = [parts.greeting, ...parts.paragraphs].map((one) => paragraph(one)).join('\n')
  const sections = parts.sections.map((section) => sectionOf(section)).join('\n')
  return `<!doctype html>
<html lang="${escape(parts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(parts.heading)}</title>
<style>
:root { color-scheme: light dark; }
${darkStyles}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f3f1;color:#24211e;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#f4f3f1"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="sheet" style="max-width:560px;background:#ffffff;border:1px solid #e3e0dc;border-radius:8px;border-collapse:separate">
<tr><td class="pad ink" style="padding:20px 32px;border-bottom:4px solid ${accent};font-size:15px;line-height:20px;font-weight:600;color:#24211e">${logoOf(parts)}${escape(parts.studio)}</td></tr>
<tr><td class="pad" style="padding:28px 32px 8px">
<h1 class="ink" style="margin:0 0 20px;font-size:24px;line-height:32px;font-weight:600;color:#24211e;overflow-wrap:anywhere">${escape(parts.heading)}</h1>
${paragraphs}
${sections}
</td></tr>
<tr><td class="pad" style="padding:8px 32px 28px">
<a href="${escape(href)}" style="display:inline-block;background:${accent};color:#ffffff;font-size:16px;line-height:24px;font-weight:600;text-decoration:none;padding:12px 24px;border-radius:8px">${escape(label)}</a>
<p class="muted" style="margin:24px 0 0;font-size:13px;line-height:20px;color:#6b6560">${escape(parts.linkHint)}<br><a href="${escape(href)}" style="color:#6b6560;word-break:break-all">${escape(href)}</a></p>
</td></tr>
</table>
<p class="muted" style="max-width:560px;margin:20px auto 0;font-size:13px;line-height:20px;color:#6b6560">${parts.footer.map((line) => footLine(line)).join('<br>')}</p>
</td></tr></table>
</body>
</html>
`
}

/** Beside the name, which stands there for readers that show no pictures. */
function logoOf({ logo }: MailParts): string {
  return logo
    ? `<img src="${escape(logo)}" alt="" height="32" style="height:32px;width:auto;max-width:120px;border:0;vertical-align:middle;margin-right:12px">`
    : ''
}

function paragraph(words: string): string {
  return `<p class="ink" style="margin:0 0 16px;font-size:16px;line-height:24px;color:#24211e;overflow-wrap:anywhere">${escape(words).replaceAll('\n', '<br>')}</p>`
}

function sectionOf({ title, items }: MailSection): string {
  const rows = items.map(({ text, detail, href }, i) => {
    const border = i === items.length - 1 ? '' : 'border-bottom:1px solid #e3e0dc;'
    const more = detail
      ? `<br><span class="muted" style="font-size:14px;line-height:20px;color:#6b6560">${escape(detail)}</span>`
      : ''
    return `<tr><td class="row" style="padding:10px 0;${border}font-size:16px;line-height:24px;overflow-wrap:anywhere"><a class="ink" href="${escape(href)}" style="color:#24211e;font-weight:600;text-decoration:underline">${escape(text)}</a>${more}</td></tr>`
  })
  const heading =
    title &&
    `<h2 class="ink" style="margin:20px 0 4px;font-size:17px;line-height:24px;font-weight:600;color:#24211e">${escape(title)}</h2>\n`
  return `${heading}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${rows.join('')}</table>`
}

function footLine({ text, href }: FootLine): string {
  return href ? `<a href="${escape(href)}" style="color:#6b6560">${escape(text)}</a>` : escape(text)
}

/** A studio's accent where white letters can be read on it (WCAG 2.2 AA, 4.5 : 1); else our own. */
function accentOf(accent: string | null): string {
  return accent && /^#[0-9a-f]{6}$/i.test(accent) && contrastWithWhite(accent) >= 4.5 ? accent : ownAccent
}

/** Contrast ratio by WCAG 2.2, "relative luminance". */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escape(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
