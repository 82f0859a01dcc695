import type { Theme } from '../themes.ts'

/** Colours of panels and buttons over the game. */
export interface ThemeColors {
  panel: string
  panelEdge: string
  text: string
  accent: string
  accentEdge: string
  accentText: string
  /** The pet's name, bordered in `text`. */
  banner: string
  /** Behind the pet's portrait: wall and floor. */
  portraitTop: string
  portraitLow: string
}

export const themeColors: Record<Theme, ThemeColors> = {
  garden: colors('#fff6e0', '#7a4f2f', '#43301f', ['#d9482f', '#932a22'], ['#b8e7f3', '#8ed65f'], '#ff9a3d'),
  seaside: colors('#fff8e6', '#2f6f94', '#203f54', ['#d4542c', '#96361f'], ['#8ed5f1', '#f2d394'], '#ffb13d'),
  snow: colors('#f5f7ff', '#46549a', '#2c3564', ['#c93a5f', '#84213f'], ['#8d8fca', '#eaf1fd'], '#ff7f9e'),
  space: colors('#ece6ff', '#4d2d79', '#2d1b55', ['#c23a82', '#7c2160'], ['#3b2367', '#a39bd0'], '#ff7cc0'),
}

function colors(
  panel: string,
  panelEdge: string,
  text: string,
  [accent, accentEdge]: readonly [string, string],
  [portraitTop, portraitLow]: readonly [string, string],
  banner: string,
): ThemeColors {
  return { panel, panelEdge, text, accent, accentEdge, accentText: '#ffffff', banner, portraitTop, portraitLow }
}
