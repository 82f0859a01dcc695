import { DATA_ELEMENT_ID, type GameData } from '../game-data.ts'
import { themeColors } from '../art/theme-colors.ts'
import type { BaseConfig } from '../template.ts'
import { themes } from '../themes.ts'
import { canonicalJson, cspHash } from './digest.ts'
import type { RuntimeBundle } from './runtime-bundle.ts'

export interface GameDocument {
  html: string
  scriptHashes: string[]
  styleHashes: string[]
}

/**
 * The whole game as one document. Its own policy admits exactly its script and style, and no network at all; inside a
 * shell, the shell's policy applies as well, which is why the hashes are handed out.
 */
export function gameDocument(
  data: GameData,
  config: BaseConfig,
  { script, style: shared }: RuntimeBundle,
): GameDocument {
  const code = endTagSafe(script)
  const style = `${shared}${colorsOf(config.theme)}`
  const scriptHash = cspHash(code)
  const styleHash = cspHash(style)
  const policy = `default-src 'none'; script-src '${scriptHash}'; style-src '${styleHash}'; img-src data: blob:`
  const html = [
    '<!doctype html>',
    `<html lang="${config.locale}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeHtml(data.title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<canvas id="field" role="img"></canvas>',
    '<div id="corner"></div>',
    // Seen while the art is still on its way; the script puts the real title in its place.
    `<main id="screen"><div class="panel splash"><h1 dir="auto">${escapeHtml(data.petName)}</h1>`,
    `<p dir="auto">${escapeHtml(data.title)}</p></div></main>`,
    `<script type="application/json" id="${DATA_ELEMENT_ID}">${jsonForHtml(data)}</script>`,
    `<script>${code}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n')
  return { html, scriptHashes: [scriptHash], styleHashes: [styleHash] }
}

function colorsOf(theme: string): string {
  const colors = themeColors[themes.find((known) => known === theme) ?? 'garden']
  return `:root{--panel:${colors.panel};--panel-edge:${colors.panelEdge};--text:${colors.text};--banner:${colors.accent}}`
}

/** A JSON text in which no name or message can end the element it stands in. */
function jsonForHtml(data: GameData): string {
  return canonicalJson(data)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')
}

/** Inside JavaScript strings and patterns, `<\/` means the same as `</`. */
function endTagSafe(script: string): string {
  return script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--')
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
}
