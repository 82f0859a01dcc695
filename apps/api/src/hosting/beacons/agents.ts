/**
 * Agents that load pages without a person: crawlers, link previews, monitors. Most never run the shell's script; these
 * are for those that do. Plain words first (Cubot makes phones), then names that hold none of them.
 */
const bots =
  /(?<!cu)bot\b|bot[/;_-]|crawl|spider|slurp|archiver|monitor|preview|scan(?:ner)?\b|validator|facebookexternalhit|meta-external|whatsapp|embedly|quora link|outbrain|pinterest\/|vkshare|w3c_|lighthouse|pagespeed|gtmetrix|pingdom|uptime|statuscake|datadog|site24x7|google-(?:read|inspection|safety)|googleother|mediapartners|apis-google|bingpreview|yandex(?:images|metrika|direct)|baidu|duckduck(?:go-fav|bot)|ahrefs|semrush|bytespider|claude-web|perplexity|chatgpt-user|ccbot/i

/** Whether a beacon with this `User-Agent` comes from a known bot. Browsers always send one, so none at all is one too. */
export function isBot(userAgent: string | undefined): boolean {
  return userAgent === undefined || userAgent === '' || bots.test(userAgent)
}
