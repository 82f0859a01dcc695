/** Letters of the item pictures. Warm and saturated, so that items stand out from every theme's softer scenery. */
export const itemPalette: Readonly<Record<string, string>> = {
  k: '#2a1b3d',
  w: '#fff8ea',
  W: '#d8cabb',
  r: '#ee4b45',
  R: '#a92645',
  o: '#f78f3b',
  O: '#c65d20',
  y: '#ffd84f',
  Y: '#e39f1f',
  g: '#66c95f',
  G: '#2f8148',
  b: '#57abfa',
  B: '#2b61c2',
  p: '#ff9dbf',
  P: '#cf5189',
  n: '#c4834a',
  N: '#80492a',
  c: '#a5f2fa',
  C: '#3fb0cb',
  v: '#ad80ee',
  V: '#6a3fb3',
  s: '#c3cad8',
  S: '#737d96',
  t: '#f4d9a6',
}

/** The same bone in gold. */
export const goldPalette: Readonly<Record<string, string>> = { ...itemPalette, w: '#ffe66b', W: '#f0a92b' }

export const INK = '#2a1b3d'
