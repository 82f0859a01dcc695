import type { ThemeColors } from '../art/theme-colors.ts'
import { medalsEarned, type Medals, type Progress } from '../engine/game.ts'
import type { Portrait } from '../render/pet.ts'
import { measureText, wrapText } from '../render/text.ts'
import type { Stage } from '../render/stage.ts'
import { artElement, box, button, pixelLine, spoken } from './elements.ts'
import { takeFocus } from './focus.ts'
import { medalPicture, starPicture } from './medals.ts'
import type { Translate } from './texts.ts'
import type { GameView, Hint } from './view.ts'

/** The panels over the field: title, pause, end. One is open at a time, and its main button has the focus (see `takeFocus`). */
export interface Screens {
  title(content: TitleContent): void
  paused(onResume: () => void): void
  ended(content: EndContent): void
  close(): void
  isOpen(): boolean
  /** Presses the open panel's main button, for gamepads. */
  press(): void
  /** Moves the open panel's portrait on. */
  show(tick: number): void
  announce(text: string): void
}

export interface TitleContent {
  title: string
  petName: string
  portrait: Portrait
  best: number
  medals: Medals
  help: ReturnType<GameView<Progress>['help']>
  onStart: () => void
}

export interface EndContent {
  petName: string
  portrait: Portrait
  medals: Medals
  headline: string
  lines: string[]
  score: number
  best: number
  isNewBest: boolean
  onAgain: () => void
}

/** From the edge to the far side of the button in the corner, with a gap: as in style.css. */
const CORNER_ROOM = 31

export function createScreens(root: HTMLElement, colors: ThemeColors, text: Translate, stage: () => Stage): Screens {
  let main: HTMLButtonElement | undefined
  let shown: Portrait | undefined
  const live = spoken('p', '')
  live.setAttribute('aria-live', 'polite')
  root.after(live)

  const line = (words: string, scale = 1, color = colors.text) => pixelLine(words, { color, scale })
  const paragraph = (words: string, width: number) =>
    box('column tight', ...wrapText(words, width).map((row) => line(row)))
  const open = (heading: string, action: HTMLButtonElement, isWide: boolean, ...children: Node[]) => {
    main = action
    const panel = box(isWide ? 'panel wide pop' : 'panel pop', spoken('h1', heading), ...children)
    root.replaceChildren(panel)
    root.hidden = false
    takeFocus(action)
  }
  const action = (label: string, onPress: () => void) =>
    button(label, pixelLine(label, { color: colors.accentText, scale: 2, shadow: colors.accentEdge }), 'main', onPress)
  const framed = (portrait: Portrait) => {
    shown = portrait
    const picture = artElement(portrait.canvas)
    picture.classList.add('bob')
    return box('portrait', picture)
  }
  /** The three medals as far as they are earned, and the next one's score. */
  const medalRow = (medals: Medals, score: number) => {
    const earned = medalsEarned(medals, score)
    const row = box('medals', ...medals.map((_target, index) => artElement(medalPicture(index, index < earned))))
    const next = medals[earned]
    if (next === undefined) return row
    const medal = text((['play.bronze', 'play.silver', 'play.gold'] as const)[earned] ?? 'play.gold')
    return box('column tight', row, line(text('play.goal', { medal, score: next })))
  }
  /** As large as the words allow: one line of thrice the size, two of twice, else plain small lines. */
  const banner = (words: string, room: number) => {
    const outline = { outline: colors.text, outlineWidth: 1, shadow: colors.text }
    for (const [scale, most] of [
      [3, 1],
      [2, 2],
    ] as const) {
      const lines = wrapText(words, room / scale)
      const fits = lines.length <= most && lines.every((row) => measureText(row) * scale <= room)
      if (fits)
        return box('column tight', ...lines.map((row) => pixelLine(row, { color: colors.banner, scale, ...outline })))
    }
    return box('column tight', ...wrapText(words, room).map((row) => line(row, 1, colors.accent)))
  }

  return {
    title({ title, petName, portrait, best, medals, help, onStart }) {
      const isWide = isFlat(stage())
      const room = columnRoom(stage(), isWide)
      const start = action(text('play.start'), onStart)
      // On a short screen the panel reaches up beside the sound button, which must not cover a word.
      const head = isWide ? room : Math.min(room, stage().width - 2 * CORNER_ROOM)
      const intro = [paragraph(title, head), framed(portrait), banner(petName, room)]
      const bestLine = best > 0 ? [line(text('play.best', { score: best }))] : []
      const goals = medalRow(medals, best)
      const hint = ({ words, pictures }: Hint) => box('row', line(words), ...pictures.map(artElement))
      const isTouch = window.matchMedia('(pointer: coarse)').matches
      const advice = [...help.hints.map(hint), paragraph(isTouch ? help.touch : help.keys, room)]
      const heading = `${petName}. ${title}`
      if (isWide)
        open(heading, start, true, box('column', ...intro, goals), box('column', ...advice, ...bestLine, start))
      else open(heading, start, false, ...intro, ...bestLine, goals, start, ...advice)
    },
    paused(onResume) {
      const resume = action(text('play.resume'), onResume)
      open(text('play.paused'), resume, false, banner(text('play.paused'), stage().width - 60), resume)
    },
    ended({ petName, portrait, medals, headline, lines, score, best, isNewBest, onAgain }) {
      const isWide = isFlat(stage())
      const again = action(text('play.again'), onAgain)
      const bestWords = isNewBest ? text('play.newBest') : text('play.best', { score: best })
      const bestLine = isNewBest
        ? box('row', artElement(starPicture()), line(bestWords, 1, colors.accent), artElement(starPicture()))
        : line(bestWords)
      const figures = [
        box(
          'column tight',
          line(text('play.score')),
          pixelLine(String(score), { color: colors.accent, scale: isWide ? 3 : 4 }),
        ),
        bestLine,
        box('column tight', ...lines.map((words) => line(words))),
      ]
      const face = [paragraph(headline, columnRoom(stage(), isWide)), framed(portrait)]
      const heading = text('play.finishedAnnouncement', { name: petName, score })
      const goals = medalRow(medals, score)
      if (isWide) open(heading, again, true, box('column', ...face, goals), box('column', ...figures, again))
      else open(heading, again, false, ...face, ...figures, goals, again)
    },
    close() {
      main = undefined
      shown = undefined
      root.hidden = true
      root.replaceChildren()
    },
    isOpen: () => !root.hidden,
    press: () => main?.click(),
    show: (tick) => shown?.show(tick),
    announce(words) {
      live.textContent = words
    },
  }
}

/** How wide words may be in a panel's column, within the panel's padding and the gap between two columns. */
function columnRoom({ width }: Stage, isWide: boolean): number {
  return Math.min(150, isWide ? Math.floor((width - 42) / 2) : width - 44)
}

/** Too low for one column, but wide enough for two. */
function isFlat({ width, height }: Stage): boolean {
  return height < 330 && width > 270
}
