/**
 * What no tracked file may hold. The patterns are written so that they do not find themselves.
 * @type {{ name: string, files: RegExp, pattern: RegExp }[]}
 */
const blemishes = [
  {
    name: 'the address of a package registry: it belongs to the machine',
    files: /./,
    pattern: /registry\.(?:npmjs|yarnpkg)\b|deb\.debian\.[o]rg/,
  },
  {
    name: 'a path of one machine',
    files: /^(?!pnpm-lock)/,
    pattern: /(?:^|[^\w/.-])\/(?:work|farm|root|home\/\w+)\/[a-z.]/,
  },
  {
    name: 'a note to do something later: do it, or open an issue and name it here as #12',
    files: /\.(?:[cm]?[jt]sx?|css|html|md|ya?ml|sql)$|(?:^|\/)(?:Dockerfile[^/]*|run)$/,
    pattern: /\b(?:TO[D]O|FI[X]ME|X[X]X)\b(?!\(?#\d)/,
  },
  {
    name: 'a test that is left out or alone',
    files: /\.test\.tsx?$|\.contract\.ts$/,
    pattern:
      /\b(?:it|test|describe|suite)(?:\.\w+(?:\([^)]*\))?)*\.(?:skip|only|todo|skipIf|runIf|fails)\b|\bx(?:it|describe|test)\(/,
  },
  {
    name: 'a catch that swallows: handle it, or say in it why it is no fault',
    files: /\.[cm]?[jt]sx?$/,
    pattern: /\bcatch *(?:\([^)]*\))? *\{ *\}|\.catch\(\(\w*\) => *(?:\{ *\}|undefined|null)\)/,
  },
  {
    name: 'a suppression without a reason (write it after "--")',
    files: /\.[cm]?[jt]sx?$/,
    pattern: /(?:oxlint|eslint)-disable(?:-next-line|-line)?(?![^\n]*-- \w)/,
  },
  {
    name: 'a bare string that a person will see: it belongs in the key store',
    files: /^apps\/web\/src\/(?!.*\.test\.).*\.tsx$/,
    pattern: /\btoast(?:\.\w+)?\(\s*['"`][A-Za-z]|\salt=["'][^"']|\?\s*['"][A-Z][a-z]+(?: [^'"]*)?['"]\s*:\s*['"][A-Z]/,
  },
]

const longest = 400

/** @param {{ path: string, text: string }} source @returns {string[]} */
export function findBlemishes({ path, text }) {
  const wanted = blemishes.filter(({ files }) => files.test(path))
  const lines = text.split('\n')
  const found = lines.flatMap((line, index) =>
    wanted.filter(({ pattern }) => pattern.test(line)).map(({ name }) => `${path}:${index + 1} ${name}`),
  )
  const isSource = /\.[cm]?[jt]sx?$/.test(path) && !/\.test\.tsx?$/.test(path)
  if (isSource && lines.length - 1 > longest)
    found.push(`${path}:${longest} longer than ${longest} lines: split it by purpose`)
  return found
}
