/**
 * What may stand before the first script of a page: byte order mark, blanks, comments, the doctype and the opening tags of
 * html and head. Comments are skipped as such, so that a `<head>` inside one is not taken for the page's.
 */
const beginning = /^\uFEFF?(?:\s+|<!--[^]*?-->|<!doctype[^>]*>|<html(?:\s[^>]*)?>|<head(?:\s[^>]*)?>)*/i

/**
 * Puts a classic script before everything else of a page, so that it runs first. Bytes are kept as they are, whatever the
 * page's encoding: HTML's own syntax is ASCII in all that browsers know, and so is `source`.
 */
export function injectScript(html: Buffer, source: string): Buffer {
  // Byte by byte; a UTF-8 mark is three of them then.
  const text = html.toString('latin1')
  const mark = text.startsWith('\u00EF\u00BB\u00BF') ? 3 : 0
  const at = mark + (beginning.exec(text.slice(mark))?.[0].length ?? 0)
  return Buffer.concat([html.subarray(0, at), Buffer.from(`<script src="${source}"></script>`), html.subarray(at)])
}

/** The address of `target` from a page of the same bundle. */
export function relativeTo(page: string, target: string): string {
  return '../'.repeat(page.split('/').length - 1) + target
}
