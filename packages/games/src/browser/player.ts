import type { ThemeColors } from '../art/theme-colors.ts'
import type { ShellMessage } from '../bridge.ts'
import { ENGINE_VERSION, medalsEarned, TICKS_PER_SECOND, type Game, type Progress } from '../engine/game.ts'
import type { GameData } from '../game-data.ts'
import { contextOf } from '../render/art.ts'
import { drawText } from '../render/text.ts'
import type { PetSprite } from '../render/pet.ts'
import { layOut, type Stage } from '../render/stage.ts'
import { createControls } from './controls.ts'
import { createCorner } from './corner.ts'
import { takeFocus } from './focus.ts'
import { createPadMenu } from './gamepad.ts'
import { runLoop } from './loop.ts'
import { createMoments } from './moments.ts'
import { createScreens } from './screens.ts'
import { createSession } from './session.ts'
import { connectShell } from './shell.ts'
import type { SoundBoard } from './sound.ts'
import type { Translate } from './texts.ts'
import type { GameView } from './view.ts'

interface PlayerParts<Config, State extends Progress> {
  game: Game<Config, State>
  config: Config
  data: GameData
  view: GameView<State>
  pet: PetSprite
  sound: SoundBoard
  text: Translate
}

const PORTRAIT_SIZE = 64
/** How long the last picture stands before the end screen covers it. */
const END_PAUSE_TICKS = 50

/** Brings the parts together: what each press, message and end of play leads to. */
export async function player<Config, State extends Progress>(parts: PlayerParts<Config, State>): Promise<void> {
  const { game, config, data, view, pet, sound, text } = parts
  const canvas = element('field') as HTMLCanvasElement
  const context = contextOf(canvas)
  const corner = element('corner')
  let stage: Stage = layOut(game.field, game.field)
  canvas.setAttribute('aria-label', view.label)
  applyColors(view.colors)

  const medals = game.medals(config)
  const session = createSession(game, config, data.seed)
  const screens = createScreens(element('screen'), view.colors, text, () => stage)
  const controls = createControls(canvas, () => stage)
  const buttons = createCorner(corner, view.colors, text, { pause: () => pause(), mute: () => toggleSound() })
  const shell = connectShell((message) => obey(message))
  const moments = createMoments({ session, view, canvas, send: shell.send, onChange: () => changed() })
  let best = 0
  let plays = 0
  let endAge = 0
  let isNewBest = false
  let ticks = 0
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches

  const resize = () => {
    const ratio = window.devicePixelRatio || 1
    stage = layOut({ width: window.innerWidth * ratio, height: window.innerHeight * ratio }, game.field)
    canvas.width = stage.width
    canvas.height = stage.height
    context.imageSmoothingEnabled = false
    const unit = stage.scale / ratio
    canvas.style.width = `${stage.width * unit}px`
    canvas.style.height = `${stage.height * unit}px`
    document.documentElement.style.setProperty('--u', `${unit}px`)
    view.resize(stage)
    const before = document.activeElement
    showScreen()
    // The panel is drawn anew and takes the focus, which a button of the corner keeps.
    if (before instanceof HTMLElement && corner.contains(before)) takeFocus(before)
  }

  /** What is shown follows the mode, and the shell hears of it. */
  const changed = () => {
    if (session.mode() !== 'playing') sound.music(false)
    showScreen()
    const { tick, score } = session.state()
    const isBegun = session.mode() !== 'title'
    shell.send({ v: 1, type: 'state', mode: session.mode(), tick: isBegun ? tick : 0, score: isBegun ? score : 0 })
  }
  const showScreen = () => {
    const mode = session.mode()
    buttons.showPause(mode === 'playing')
    if (mode === 'title') {
      const { title, petName } = data
      const portrait = pet.portrait(PORTRAIT_SIZE, 'idle')
      screens.title({ title, petName, portrait, best, medals, help: view.help(), onStart: start })
    } else if (mode === 'paused') screens.paused(resume)
    else if (mode === 'over' && endAge >= END_PAUSE_TICKS) {
      const { petName } = data
      const { score } = session.state()
      const portrait = pet.portrait(PORTRAIT_SIZE, medalsEarned(medals, score) > 0 ? 'happy' : 'idle')
      screens.ended({
        petName,
        portrait,
        medals,
        ...view.summary(session.state()),
        score,
        best,
        isNewBest,
        onAgain: start,
      })
    } else screens.close()
  }

  const start = () => {
    sound.unlock()
    sound.play('click')
    sound.music(true)
    session.start()
    view.reset()
    controls.release()
    plays += 1
    shell.send({ v: 1, type: 'start', play: plays })
    changed()
    screens.announce(text('play.startedAnnouncement'))
  }
  const pause = () => {
    if (session.mode() !== 'playing') return
    session.pause()
    changed()
  }
  const resume = () => {
    if (session.mode() !== 'paused' && session.mode() !== 'frozen') return
    sound.unlock()
    sound.music(true)
    controls.release()
    session.resume()
    // Replayed up to its end, a play has nothing more to give.
    endAge = 0
    isNewBest = false
    changed()
  }
  const togglePause = () => (session.mode() === 'playing' ? pause() : resume())
  const followPad = createPadMenu({ isOpen: screens.isOpen, press: screens.press, togglePause })
  const mute = (muted: boolean) => {
    sound.setMuted(muted)
    buttons.setMuted(muted)
  }
  const toggleSound = () => {
    sound.unlock()
    mute(!sound.isMuted())
    shell.send({ v: 1, type: 'save', best, muted: sound.isMuted() })
  }

  const finish = () => {
    const record = session.record()
    const seconds = Math.round(record.ticks / TICKS_PER_SECOND)
    endAge = 0
    isNewBest = record.score > best
    best = Math.max(best, record.score)
    sound.music(false)
    sound.play(isNewBest ? 'best' : 'end')
    shell.send({ v: 1, type: 'finish', play: plays, seconds, ...record })
    shell.send({ v: 1, type: 'save', best, muted: sound.isMuted() })
    changed()
    screens.announce(text('play.finishedAnnouncement', { name: data.petName, score: record.score }))
  }

  const obey = (message: ShellMessage) => {
    if (message.type === 'pause') pause()
    else if (message.type === 'resume') resume()
    else if (message.type === 'mute') mute(message.muted)
    else if (message.type === 'snapshot') shell.send({ v: 1, type: 'snapshot', ...session.record() })
    else moments.obey(message)
  }

  const tick = () => {
    ticks += 1
    moments.wind()
    if (!calm) screens.show(ticks)
    followPad()
    const isDemo = session.mode() === 'title'
    if (session.tick(controls.sample())) {
      view.afterStep(session.state(), !isDemo)
      if (!isDemo && session.state().finished) finish()
    } else if (session.mode() === 'over') {
      view.rest(isNewBest)
      endAge += 1
      if (endAge === END_PAUSE_TICKS) showScreen()
    }
  }
  const draw = () => {
    const mode = session.mode()
    view.draw(context, session.state(), mode !== 'title' && !(mode === 'over' && endAge >= END_PAUSE_TICKS))
    if (mode !== 'replaying') return
    const y = stage.height - 16
    drawText(context, text('play.replaying'), stage.width / 2, y, {
      color: '#fff',
      outline: '#2a1b3d',
      align: 'center',
    })
  }

  window.addEventListener('resize', resize)
  window.addEventListener('blur', pause)
  document.addEventListener('visibilitychange', () => document.hidden && pause())
  window.addEventListener('keydown', (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    // Focus falls to the body when somebody taps beside the button; Enter should still start.
    if (event.code === 'Enter' && document.activeElement === document.body) screens.press()
    else if (event.code === 'KeyM') toggleSound()
    else if (event.code === 'KeyP' || event.code === 'Escape') togglePause()
  })

  resize()
  runLoop(tick, draw)
  shell.send({ v: 1, type: 'ready', templateId: data.templateId, engineVersion: ENGINE_VERSION })
  const saved = await shell.load()
  best = Math.max(best, saved.best)
  mute(saved.muted)
  if (session.mode() === 'title' && saved.best > 0) showScreen()
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The document lacks #${id}`)
  return found
}

function applyColors(colors: ThemeColors): void {
  const root = document.documentElement.style
  root.setProperty('--panel', colors.panel)
  root.setProperty('--panel-edge', colors.panelEdge)
  root.setProperty('--accent', colors.accent)
  root.setProperty('--accent-edge', colors.accentEdge)
  root.setProperty('--portrait-top', colors.portraitTop)
  root.setProperty('--portrait-low', colors.portraitLow)
}
