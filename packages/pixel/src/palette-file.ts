import { formatHex } from './oklab.ts'
import { recipeLimits } from './recipe.ts'

export type PaletteFile = {
  /** As the file says; `.hex` files have none. */
  name: string | null
  /** '#rrggbb', each once, in the file's order: 2..256. */
  colors: string[]
}

/** Why a palette cannot be read; where a line is at fault, `line` is its number from 1. */
export type PaletteFault = 'too_long' | 'not_a_palette' | 'bad_color' | 'too_few' | 'too_many'

export class PaletteFileError extends Error {
  readonly fault: PaletteFault
  readonly line: number | null

  constructor(fault: PaletteFault, line: number | null) {
    super(line === null ? messages[fault] : `Line ${line}: ${messages[fault]}`)
    this.name = 'PaletteFileError'
    this.fault = fault
    this.line = line
  }
}

const messages: Record<PaletteFault, string> = {
  too_long: 'A palette file has at most 65,536 characters.',
  not_a_palette: 'This is neither a GIMP palette (.gpl) nor a list of hexadecimal colours (.hex).',
  bad_color: 'This is not a colour.',
  too_few: 'A palette needs two colours or more.',
  too_many: `A palette has at most ${recipeLimits.paletteColors} colours.`,
}

const longest = 65_536

/**
 * Reads a GIMP palette (`.gpl`: a heading, then red, green and blue 0..255 in each line) or a list of colours (`.hex`: six
 * hexadecimal digits a line, as Lospec writes them). The text decides, not the file's name. Throws `PaletteFileError`.
 */
export function parsePaletteFile(text: string): PaletteFile {
  if (text.length > longest) throw new PaletteFileError('too_long', null)
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const isGimp = lines[0]?.trim() === 'GIMP Palette'
  const colors = new Set<string>()
  let name: string | null = null
  lines.forEach((line, index) => {
    const content = line.trim()
    if (content === '' || (isGimp && index === 0)) return
    if (isGimp && (content.startsWith('#') || /^(?:Columns|Channels):/i.test(content))) return
    const heading = isGimp ? /^Name:\s*(.*)$/i.exec(content) : null
    if (heading) name = heading[1]?.slice(0, 80) || null
    else colors.add(isGimp ? gimpColor(content, index + 1) : hexColor(content, index + 1, colors.size === 0))
    if (colors.size > recipeLimits.paletteColors) throw new PaletteFileError('too_many', index + 1)
  })
  if (colors.size < 2) throw new PaletteFileError('too_few', null)
  return { name, colors: [...colors] }
}

function gimpColor(content: string, line: number): string {
  const match = /^(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s|$)/.exec(content)
  const [red = 256, green = 256, blue = 256] = match?.slice(1).map(Number) ?? []
  if (Math.max(red, green, blue) > 255) throw new PaletteFileError('bad_color', line)
  return formatHex((red << 16) | (green << 8) | blue)
}

/** A file that is wrong from its first line is something else; one that goes wrong later has a typing mistake. */
function hexColor(content: string, line: number, isFirst: boolean): string {
  const match = /^#?([0-9a-f]{6})$/i.exec(content)
  if (!match?.[1]) throw new PaletteFileError(isFirst ? 'not_a_palette' : 'bad_color', isFirst ? null : line)
  return `#${match[1].toLowerCase()}`
}
