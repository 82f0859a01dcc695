import { createContext, Script } from 'node:vm'
import { HEADLESS, type HeadlessGame, type ReplayRequest, type ReplayResult } from '../browser/boot.ts'
import { DATA_ELEMENT_ID } from '../game-data.ts'
import type { PlayResult } from '../engine/game.ts'

/** A play takes a second at most; a machine with a queue of other work may take far longer over it. */
const TIMEOUT_MS = 30_000

/** The two scripts of a built document: its data (JSON) and its code. */
export function partsOf(html: string): { data: string; script: string } {
  return {
    data: between(html, `<script type="application/json" id="${DATA_ELEMENT_ID}">`, '</script>'),
    script: between(html, '<script>', '</script>'),
  }
}

/**
 * Lets the template's bot play a built `game.html` to its end without a browser: the very script and data that players
 * get. A game worth showing finishes with a score above 0. The document must be one of our own builds: `node:vm` bounds the
 * time, it is no wall against hostile code.
 *
 * @throws if the document is no built game, or its script fails or does not end within half a minute
 */
export function smokePlay(html: string): PlayResult {
  const { data, script } = partsOf(html)
  return JSON.parse(call(script, 'play', data)) as PlayResult
}

/** Replays logs in the very script of a built document; a log that is none gives null. */
export function replayBuilt(html: string, plays: readonly ReplayRequest[]): ReplayResult[] {
  const { data, script } = partsOf(html)
  return JSON.parse(call(script, 'replay', data, JSON.stringify(plays))) as ReplayResult[]
}

function call(script: string, method: keyof HeadlessGame, ...args: string[]): string {
  const context = createContext({})
  // Globals of a context are looked up through a slow door: with `Math` at hand a play is four times as fast.
  new Script(`(function (Math) {${script}\n})(Math)`, { filename: 'game.js' }).runInContext(context, {
    timeout: TIMEOUT_MS,
  })
  const request = new Script(`${HEADLESS}.${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`)
  return String(request.runInContext(context, { timeout: TIMEOUT_MS }))
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start)
  const to = from < 0 ? -1 : text.indexOf(end, from + start.length)
  if (to < 0) throw new Error('This document is no built game')
  return text.slice(from + start.length, to)
}
