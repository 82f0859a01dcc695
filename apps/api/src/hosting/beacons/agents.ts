import type { DeviceClass } from '@sparkle/shared/urls'
import { isbot } from 'isbot'

/** Listed crawlers that `isbot` takes for browsers: they name themselves, but in no word that it looks for. */
const unlisted = /gtmetrix|miniature\.io|\bYLT\b|turingos/i

/** Whether a beacon with this `User-Agent` comes from a known bot. Browsers always send one, so none at all is one too. */
export function isBot(userAgent: string | undefined): boolean {
  return userAgent === undefined || userAgent === '' || isbot(userAgent) || unlisted.test(userAgent)
}

interface AgentHeaders {
  'user-agent'?: string | undefined
  /** `?1` for a phone: the one client hint that browsers send unasked and that says what we want to know. */
  'sec-ch-ua-mobile'?: string | string[] | undefined
}

const tablets = /ipad|tablet|playbook|silk(?!.*mobile)|kindle|android(?!.*mobile)/i
const phones = /mobi|iphone|ipod|android.*mobile|windows phone|opera mini/i

/**
 * The kind of device from what the browser says of itself, in three classes and nothing finer. Safari on an iPad says
 * it is a Mac, so those count as desktops.
 */
export function deviceOf(headers: AgentHeaders): DeviceClass {
  const agent = headers['user-agent'] ?? ''
  if (tablets.test(agent)) return 'tablet'
  return headers['sec-ch-ua-mobile'] === '?1' || phones.test(agent) ? 'phone' : 'desktop'
}
