export interface MailParts {
  language: string
  studio: string
  accent: string | null
  greeting: string
  heading: string
  paragraphs: readonly string[]
  action: { label: string; href: string }
  linkHint: string
  footer: readonly string[]
}

const ownAccent = '#c8452f'

/** The same mail for readers without HTML. */
export function textOf(parts: MailParts): string {
  const { studio, greeting, heading, paragraphs, action, footer } = parts
  return [studio, heading, greeting, ...paragraphs, `${action.label}: ${action.href}`, '-- ', ...footer].join('\n\n')
}

/**
 * A mail as HTML: tables and inline styles, because that is what mail programs render alike; nothing is fetched from
 * anywhere, and every value is escaped.
 */
export function htmlOf(parts: MailParts): string {
  const accent = accentOf(parts.accent)
  const { label, href } = parts.action
  const paragraphs = [parts.greeting, ...parts.paragraphs].map((one) => paragraph(one)).join('\n')
  return `<!doctype html>
<html lang="${escape(parts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${escape(parts.heading)}</title>
</head>
<body style="margin:0;padding:0;background:#f4f3f1;color:#24211e;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f3f1"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #e3e0dc;border-radius:8px">
<tr><td style="padding:20px 32px;border-bottom:4px solid ${accent};font-size:15px;font-weight:600">${escape(parts.studio)}</td></tr>
<tr><td style="padding:28px 32px 8px">
<h1 style="margin:0 0 20px;font-size:24px;line-height:32px;font-weight:600">${escape(parts.heading)}</h1>
${paragraphs}
</td></tr>
<tr><td style="padding:8px 32px 28px">
<a href="${escape(href)}" style="display:inline-block;background:${accent};color:#ffffff;font-size:16px;line-height:24px;font-weight:600;text-decoration:none;padding:12px 24px;border-radius:8px">${escape(label)}</a>
<p style="margin:24px 0 0;font-size:13px;line-height:20px;color:#6b6560">${escape(parts.linkHint)}<br><a href="${escape(href)}" style="color:#6b6560;word-break:break-all">${escape(href)}</a></p>
</td></tr>
</table>
<p style="max-width:560px;margin:20px auto 0;font-size:13px;line-height:20px;color:#6b6560">${parts.footer.map((line) => escape(line)).join('<br>')}</p>
</td></tr></table>
</body>
</html>
`
}

function paragraph(words: string): string {
  return `<p style="margin:0 0 16px;font-size:16px;line-height:24px">${escape(words).replaceAll('\n', '<br>')}</p>`
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
