import type { ThemeColors } from '../art/theme-colors.ts'
import type { Progress } from '../engine/game.ts'
import { paintArt } from '../render/art.ts'
import { fitText, measureText, wrapText } from '../render/text.ts'
import type { Stage } from '../render/stage.ts'
import { artElement, box, button, pixelLine, spoken } from './elements.ts'
import type { Translate } from './texts.ts'
import type { GameView, Hint } from './view.ts'

/** The panels over the field: title, pause, end. One is open at a time, and its main button has the focus. */
export interface Screens {
  title(content: TitleContent): void
  paused(onResume: () => void): void
  ended(content: EndContent): void
  close(): void
  isOpen(): boolean
  /** Presses the open panel's main button, for gamepads. */
  press(): void
  announce(text: string): void
}

export interface TitleContent {
  title: string
  petName: string
  portrait: HTMLCanvasElement
  best: number
  help: ReturnType<GameView<Progress>['help']>
  onStart: () => void
}

export interface EndContent {
  petName: string
  portrait: HTMLCanvasElement
  headline: string
  lines: string[]
  score: number
  best: number
  isNewBest: boolean
  onAgain: () => void
}

export function createScreens(root: HTMLElement, colors: ThemeColors, text: Translate, stage: () => Stage): Screens {
  let main: HTMLButtonElement | undefined
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
    action.focus({ preventScroll: true })
  }
  const action = (label: string, onPress: () => void) =>
    button(label, pixelLine(label, { color: colors.accentText, scale: 2, shadow: colors.accentEdge }), 'main', onPress)
  const framed = (portrait: HTMLCanvasElement, bobs: boolean) => {
    const picture = artElement(portrait)
    if (bobs) picture.classList.add('bob')
    return box('portrait', picture)
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
    return box('column tight', ...wrapText(words, room).map((row) => line(fitText(row, room), 1, colors.accent)))
  }

  return {
    title({ title, petName, portrait, best, help, onStart }) {
      const isWide = isFlat(stage())
      const room = Math.min(150, stage().width - 44)
      const start = action(text('play.start'), onStart)
      const intro = [paragraph(title, room), framed(portrait, true), banner(petName, room)]
      const bestLine = best > 0 ? [line(text('play.best', { score: best }))] : []
      const hint = ({ words, pictures }: Hint) => box('row', line(words), ...pictures.map(artElement))
      const isTouch = window.matchMedia('(pointer: coarse)').matches
      const advice = [...help.hints.map(hint), paragraph(isTouch ? help.touch : help.keys, room)]
      const heading = `${petName}. ${title}`
      if (isWide) open(heading, start, true, box('column', ...intro), box('column', ...advice, ...bestLine, start))
      else open(heading, start, false, ...intro, ...bestLine, start, ...advice)
    },
    paused(onResume) {
      const resume = action(text('play.resume'), onResume)
      open(text('play.paused'), resume, false, banner(text('play.paused'), stage().width - 60), resume)
    },
    ended({ petName, portrait, headline, lines, score, best, isNewBest, onAgain }) {
      const isWide = isFlat(stage())
      const again = action(text('play.again'), onAgain)
      const bestWords = isNewBest ? text('play.newBest') : text('play.best', { score: best })
      const bestLine = isNewBest
        ? box('row', artElement(star()), line(bestWords, 1, colors.accent), artElement(star()))
        : line(bestWords)
      const figures = [
        box('column tight', line(text('play.score')), pixelLine(String(score), { color: colors.accent, scale: 4 })),
        bestLine,
        box('column tight', ...lines.map((words) => line(words))),
      ]
      const face = [line(headline), framed(portrait, true)]
      const heading = text('play.finishedAnnouncement', { name: petName, score })
      if (isWide) open(heading, again, true, box('column', ...face), box('column', ...figures, again))
      else open(heading, again, false, ...face, ...figures, again)
    },
    close() {
      main = undefined
      root.hidden = true
      root.replaceChildren()
    },
    isOpen: () => !root.hidden,
    press: () => main?.click(),
    announce(words) {
      live.textContent = words
    },
  }
}

/** Too low for one column, but wide enough for two. */
function isFlat({ width, height }: Stage): boolean {
  return height < 330 && width > 270
}

function star(): HTMLCanvasElement {
  return paintArt(
    ['....y....', '....y....', '...yyy...', 'yyyyyyyyy', '.yyyYyyy.', '..yyyyy..', '..yy.yy..', '.yy...yy.'],
    {
      y: '#ffc93c',
      Y: '#e39f1f',
    },
  )
}
