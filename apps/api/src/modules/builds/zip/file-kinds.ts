import { refuseZip, shownName } from './zip-refusals.ts'

const utf8 = '; charset=utf-8'

/** By the end of the name; what is not listed travels as plain bytes, which no browser runs or shows. */
const mimeTypes = new Map(
  Object.entries({
    html: `text/html${utf8}`,
    htm: `text/html${utf8}`,
    js: `text/javascript${utf8}`,
    mjs: `text/javascript${utf8}`,
    css: `text/css${utf8}`,
    json: 'application/json',
    map: 'application/json',
    webmanifest: 'application/manifest+json',
    xml: 'application/xml',
    txt: `text/plain${utf8}`,
    md: `text/plain${utf8}`,
    csv: `text/csv${utf8}`,
    vert: `text/plain${utf8}`,
    frag: `text/plain${utf8}`,
    glsl: `text/plain${utf8}`,
    atlas: `text/plain${utf8}`,
    fnt: `text/plain${utf8}`,
    wasm: 'application/wasm',
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    avif: 'image/avif',
    svg: 'image/svg+xml',
    ico: 'image/x-icon',
    bmp: 'image/bmp',
    mp3: 'audio/mpeg',
    ogg: 'audio/ogg',
    oga: 'audio/ogg',
    opus: 'audio/ogg',
    wav: 'audio/wav',
    m4a: 'audio/mp4',
    aac: 'audio/aac',
    flac: 'audio/flac',
    mp4: 'video/mp4',
    webm: 'video/webm',
    woff: 'font/woff',
    woff2: 'font/woff2',
    ttf: 'font/ttf',
    otf: 'font/otf',
    gltf: 'model/gltf+json',
    glb: 'model/gltf-binary',
  }),
)

const serverSide =
  /\.(php\d?|phtml|phar|asp|aspx|ashx|jsp|jspx|cgi|fcgi|pl|py|pyc|rb|lua5|cfm|shtml|sql|sqlite3?|db|config)$/i
const programs =
  /\.(exe|dll|msi|com|scr|bat|cmd|ps1|vbs|vbe|wsf|hta|lnk|sh|bash|so|dylib|app|apk|ipa|jar|class|deb|rpm|dmg|iso|reg)$/i
const archives = /\.(zip|rar|7z|tar|tgz|gz|bz2|xz|zst|cab)$/i

export function mimeTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const end = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : ''
  return mimeTypes.get(end) ?? 'application/octet-stream'
}

export function isHtml(path: string): boolean {
  return mimeTypeOf(path).startsWith('text/html')
}

/** Throws for files that have no place in a game, judged by their names. */
export function assertKindOfName(path: string): void {
  if (serverSide.test(path))
    refuseZip('forbidden_kind', `${shownName(path)} belongs on a server. A game is only what a browser needs.`)
  if (programs.test(path))
    refuseZip('forbidden_kind', `${shownName(path)} is a program for a computer, not for a browser. Leave it out.`)
  if (archives.test(path))
    refuseZip('forbidden_kind', `${shownName(path)} is an archive inside the archive. Put its files in directly.`)
}

/** How much of a file's beginning `assertKindOfBytes` wants to see. */
export const kindHeadBytes = 4096

/** Throws for programs that go by another name: the bytes decide. `head` is the file's first 4 KiB, or all of it. */
export function assertKindOfBytes(path: string, head: Buffer): void {
  const what = programOf(head)
  if (what) refuseZip('executable', `${shownName(path)} is ${what}, whatever its name says. Leave it out.`)
}

function programOf(head: Buffer): string | undefined {
  if (head.length < 4) return undefined
  const magic = head.readUInt32BE(0)
  if (magic === 0x7f454c46) return 'a Linux program'
  if ([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe].includes(magic)) return 'a program'
  if (isWindowsProgram(head)) return 'a Windows program'
  const start = head.subarray(0, 64).toString('latin1').trimStart()
  if (start.startsWith('#!/')) return 'a script for a server'
  return /^<\?php\b/i.test(start) ? 'a PHP script' : undefined
}

/** `MZ` alone begins many a data file by chance; the second header it points to does not. */
function isWindowsProgram(head: Buffer): boolean {
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return false
  const second = head.readUInt32LE(0x3c)
  return second <= head.length - 4 && head.toString('latin1', second, second + 4) === 'PE\0\0'
}
