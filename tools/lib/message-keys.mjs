const literals = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g
const templates = /`([^`]*\$\{[^`]*)`/g
const translators =
  /(\w+) = useTranslations\(|\b(\w+): \w*<?typeof useTranslations|\b(\w+): ReturnType<typeof useTranslations/g

/**
 * Keys of messages that no source can show. A key `a.b.c` counts as shown where one file names a namespace (`a.b`, as
 * `useTranslations` takes it) and the rest: as a string, as a template (`c.${x}`), or, where the file hands a translator
 * something computed, as a string of any file. It errs on the side of keeping.
 * @param {Record<string, unknown>} messages @param {{ path: string, text: string }[]} sources
 */
export function findUnusedKeys(messages, sources) {
  const files = sources.map(({ text }) => readSource(text))
  const anywhere = new Set(files.flatMap((file) => [...file.strings]))
  const shows = (/** @type {string} */ namespace, /** @type {string} */ rest) =>
    files.some(
      (file) =>
        file.strings.has(namespace) &&
        (file.strings.has(rest) ||
          file.patterns.some((pattern) => pattern.test(rest)) ||
          (file.computes && anywhere.has(rest))),
    )
  return keysOf(messages).filter((key) => {
    const parts = key.split('.')
    return !parts.slice(1).some((_, at) => shows(parts.slice(0, at + 1).join('.'), parts.slice(at + 1).join('.')))
  })
}

/** @param {string} text */
function readSource(text) {
  const names = [...text.matchAll(translators)].map((match) => match[1] ?? match[2] ?? match[3])
  return {
    strings: new Set([...text.matchAll(literals)].map((match) => match[1] ?? match[2] ?? '')),
    patterns: [...text.matchAll(templates)].map((match) => patternOf(match[1] ?? '')),
    computes: names.some((name) => new RegExp(`\\b${name}\\(\\s*[\\w(]|[(,] ?${name}[,)]`).test(text)),
  }
}

/** `step.${name}.title` as what it may become. @param {string} template */
function patternOf(template) {
  const fixed = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]{}\\]/g, '\\$&'))
  return new RegExp(`^${fixed.join('[\\w.:-]+')}$`)
}

/** @param {Record<string, unknown>} messages @param {string} [prefix] @returns {string[]} */
function keysOf(messages, prefix = '') {
  return Object.entries(messages).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [prefix + name]
      : keysOf(/** @type {Record<string, unknown>} */ (value), `${prefix}${name}.`),
  )
}
