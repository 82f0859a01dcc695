import type { ThemeColors } from '../art/theme-colors.ts'
import { paintArt } from '../render/art.ts'
import { artElement, button } from './elements.ts'
import type { Translate } from './texts.ts'

const PAUSE_ICON = [
  '.........',
  '.###.###.',
  '.###.###.',
  '.###.###.',
  '.###.###.',
  '.###.###.',
  '.###.###.',
  '.###.###.',
  '.........',
]
const SOUND_ICON = [
  '....#....',
  '...##..#.',
  '.####.#.#',
  '.####.#.#',
  '.####.#.#',
  '.####.#.#',
  '.####.#.#',
  '...##..#.',
  '....#....',
]
const SILENT_ICON = [
  '....#....',
  '...##....',
  '.####....',
  '.####x.x.',
  '.####.x..',
  '.####x.x.',
  '.####....',
  '...##....',
  '....#....',
]

export interface Corner {
  setMuted(muted: boolean): void
  showPause(shown: boolean): void
}

/** The two buttons that are always at hand. */
export function createCorner(
  root: HTMLElement,
  colors: ThemeColors,
  text: Translate,
  on: { pause: () => void; mute: () => void },
): Corner {
  const icon = (rows: readonly string[]) => artElement(paintArt(rows, { '#': colors.text, x: colors.accent }))
  const mute = button(text('play.mute'), icon(SOUND_ICON), 'small', on.mute)
  const pause = button(text('play.pause'), icon(PAUSE_ICON), 'small', on.pause)
  root.append(mute, pause)
  return {
    setMuted(muted) {
      mute.replaceChildren(icon(muted ? SILENT_ICON : SOUND_ICON))
      mute.setAttribute('aria-label', text(muted ? 'play.unmute' : 'play.mute'))
    },
    showPause(shown) {
      pause.hidden = !shown
    },
  }
}
