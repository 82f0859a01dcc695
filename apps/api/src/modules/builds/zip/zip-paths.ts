import { refuseZip, shownName } from './zip-refusals.ts'

export const pathLimits = { depth: 12, length: 200, segment: 120 }

/** Our own file in every uploaded game: the localStorage that its sandbox lacks. */
export const storageScriptPath = '_sparkle/storage.js'

/** What file managers add to every archive they make; nobody means to upload it. */
const litter = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i

/**
 * A name in an archive as a path of ours, in Unicode's composed form and with `/` between folders; undefined for litter.
 * A folder's name ends in `/`. Throws where it would lead out of the game's folder or could not be an address.
 */
export function readPath(name: string): string | undefined {
  const path = name.replaceAll('\\', '/').normalize('NFC')
  if (path.startsWith('/') || /^[a-z]:/i.test(path))
    refuseZip(
      'absolute_path',
      `${shownName(name)} is an absolute path. Zip the game's folder, not its place on a disk.`,
    )
  const segments = (path.endsWith('/') ? path.slice(0, -1) : path).split('/')
  if (segments.includes('..'))
    refuseZip('path_escape', `${shownName(name)} leads out of the archive's folder. Zip the folder anew.`)
  if (
    segments.some((part) => part === '' || part === '.' || part !== part.trim()) ||
    /[\p{Cc}\p{Cf}\uFFFD<>"|?*#%:]/u.test(path)
  )
    refuseZip('bad_name', `${shownName(name)} cannot be part of an address. Use letters, digits, "-", "_" and ".".`)
  if (path.length > pathLimits.length || segments.some((part) => part.length > pathLimits.segment))
    refuseZip('bad_name', `${shownName(name)} is too long: ${pathLimits.length} characters for a path are enough.`)
  if (segments.length > pathLimits.depth)
    refuseZip('too_deep', `${shownName(name)} lies in more than ${pathLimits.depth} folders. Flatten the archive.`)
  if (litter.test(path)) return undefined
  if (segments.some((part) => part.startsWith('.')))
    refuseZip('hidden_file', `${shownName(name)} is a hidden file, such as .env, .git or .htaccess. Leave it out.`)
  return path
}

/**
 * Takes away the one folder that holds everything, as when a folder was zipped and not what is in it. Answers the paths
 * in the same order and which of them the game starts with.
 */
export function findEntryPoint(paths: readonly string[]): { paths: string[]; entry: string } {
  const top = indexOf(paths)
  if (top !== undefined) return { paths: [...paths], entry: top }
  const folder = paths[0]?.slice(0, paths[0].indexOf('/') + 1) ?? ''
  const inner = paths.map((path) => path.slice(folder.length))
  const entry = folder !== '' && paths.every((path) => path.startsWith(folder)) ? indexOf(inner) : undefined
  return entry === undefined
    ? refuseZip('no_index', 'There is no index.html at the top of the archive, where a game starts.')
    : { paths: inner, entry }
}

function indexOf(paths: readonly string[]): string | undefined {
  return paths.find((path) => path === 'index.html') ?? paths.find((path) => path.toLowerCase() === 'index.html')
}

/** Throws where two files would be one on some disk, or a file is a folder too, or takes a name of ours. */
export function assertDistinct(paths: readonly string[]): void {
  const seen = new Map<string, string>()
  for (const path of paths) {
    const folded = path.toLowerCase()
    if (folded.startsWith('_sparkle/'))
      refuseZip('reserved_name', `The folder "_sparkle" is ours. Rename ${shownName(path)}.`)
    const other = seen.get(folded)
    if (other !== undefined)
      refuseZip(
        'duplicate_name',
        other === path
          ? `${shownName(path)} is in the archive twice.`
          : `${shownName(other)} and ${shownName(path)} differ in upper and lower case only.`,
      )
    seen.set(folded, path)
  }
  for (const path of seen.keys())
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
      if (seen.has(path.slice(0, end)))
        refuseZip('duplicate_name', `${shownName(path.slice(0, end))} is a file and a folder at the same time.`)
}
