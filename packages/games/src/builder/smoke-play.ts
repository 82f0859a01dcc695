import { createContext, Script } from 'node:vm'
import { SMOKE_PLAY } from '../browser/boot.ts'
import { DATA_ELEMENT_ID } from '../game-data.ts'
import type { PlayResult } from '../engine/game.ts'

const TIMEOUT_MS = 10_000

/**
 * Lets the bot play a built `game.html` to its end without a browser: the very script and data that players get. A game
 * worth showing finishes with a score above 0. The document must be one of our own builds: `node:vm` bounds the time, it is
 * no wall against hostile code.
 *
 * @throws if the document is no built game, or its script fails or does not end within ten seconds
 */
export function smokePlay(html: string): PlayResult {
  const data = between(html, `<script type="application/json" id="${DATA_ELEMENT_ID}">`, '</script>')
  const script = between(html, '<script>', '</script>')
  const context = createContext({})
  new Script(script, { filename: 'game.js' }).runInContext(context, { timeout: TIMEOUT_MS })
  const play = new Script(`${SMOKE_PLAY}(${JSON.stringify(data)})`)
  return JSON.parse(String(play.runInContext(context, { timeout: TIMEOUT_MS }))) as PlayResult
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start)
  const to = from < 0 ? -1 : text.indexOf(end, from + start.length)
  if (to < 0) throw new Error('This document is no built game')
  return text.slice(from + start.length, to)
}
