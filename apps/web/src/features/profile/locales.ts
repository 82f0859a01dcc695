import type { SelectOption } from '../../components/select.tsx'

/** Ways of writing dates and numbers that can be chosen; the words of the tool are English in all of them for now. */
const locales = [
  'en',
  'en-GB',
  'en-US',
  'de-DE',
  'de-AT',
  'de-CH',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pt-PT',
  'sv-SE',
  'pl-PL',
  'ja-JP',
]
const example = new Date(Date.UTC(2026, 11, 24, 12))

/** Each with its own name and how it writes Christmas Eve; one that was set elsewhere stays in the list. */
export function localeOptions(current: string): SelectOption<string>[] {
  return [...new Set([...locales, current])].map((locale) => {
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(example)
    return { value: locale, label: `${name} · ${date}` }
  })
}
