import { disc, type Brush } from '../render/landscape.ts'

export interface Prop {
  rows: readonly string[]
  palette: Readonly<Record<string, string>>
}

/** Small things that stand on the ground. */
export const props = {
  daisy: { rows: ['.w.', 'wyw', '.w.', '.g.', 'gg.'], palette: { w: '#ffffff', y: '#ffd24a', g: '#3f8b45' } },
  tulip: { rows: ['r.r', 'rrr', '.r.', '.g.', '.gg', '.g.'], palette: { r: '#f0577a', g: '#3f8b45' } },
  bluebell: { rows: ['.b', 'bb', '.g', 'gg'], palette: { b: '#7d8cf5', g: '#3f8b45' } },
  tuft: { rows: ['g..g.', '.g.gg', '.ggg.'], palette: { g: '#3f8b45' } },
  shell: { rows: ['.ppp.', 'pwpwp', 'pwpwp', '.ppp.'], palette: { p: '#f2a7a0', w: '#fff0e6' } },
  starfish: { rows: ['..o..', 'ooooo', '.ooo.', 'oo.oo'], palette: { o: '#ef7d55' } },
  pebble: { rows: ['.ss.', 'ssSS'], palette: { s: '#cdb793', S: '#a98d68' } },
  drift: { rows: ['..wwww...', 'wwwwwwwww'], palette: { w: '#ffffff' } },
  twig: { rows: ['n..n.', '.n.n.', '..nn.', '..n..'], palette: { n: '#7a5a66' } },
  crater: {
    rows: ['..ddddd..', '.dDDDDDd.', 'llDDDDDll', '..lllll..'],
    palette: { d: '#7d74b0', D: '#665d9a', l: '#d6d0f2' },
  },
  crystal: { rows: ['..c..', '.cCc.', '.cCC.', 'ccCCC', '.cCC.'], palette: { c: '#9df5ee', C: '#46bfc9' } },
  flag: {
    rows: ['srrrr', 'srwrr', 'srrr.', 's....', 's....', 's....', 's....'],
    palette: { s: '#e8e8f4', r: '#ff8aa8', w: '#fff' },
  },
  oldBone: { rows: ['.b.....b.', 'bbb...bbb', '.bbbbbbb.', 'bbb...bbb', '.b.....b.'], palette: { b: '#b78f66' } },
  stone: { rows: ['..ss..', '.sSSs.', 'sSSSSd', '.dddd.'], palette: { s: '#a98d74', S: '#937861', d: '#6f5645' } },
  root: { rows: ['rr......', '.rrr....', '...rrr..', '..r..rrr', '.r......'], palette: { r: '#5d3a26' } },
  fossil: {
    rows: ['..aaaa..', '.a....a.', 'a..aa..a', 'a.a..a.a', 'a.a.aa.a', 'a..a..a.', '.a...a..', '..aaa...'],
    palette: { a: '#a97c4e' },
  },
  chest: {
    rows: ['.nnnnnnnn.', 'nNNNNNNNNn', 'nnnnyynnnn', 'nNNNyyNNNn', 'nNNNNNNNNn', 'nnnnnnnnnn'],
    palette: { n: '#8a5a30', N: '#a8733f', y: '#ffd24a' },
  },
  ice: { rows: ['..c...', '.cwc..', 'cwwcc.', '.cccc.', '..cc..'], palette: { c: '#93a9da', w: '#dfe9fb' } },
  frozenFish: {
    rows: ['..bbb....', 'b.bbbbbb.', 'bbbbbbkbb', 'bbbbbbbbb', 'b.bbbbbb.', '..bbb....'],
    palette: { b: '#8fa2d6', k: '#5f74b5' },
  },
  gem: { rows: ['.ppp.', 'pwppP', 'pppPP', '.pPP.', '..P..'], palette: { p: '#c78bf0', P: '#8d52c4', w: '#f3e2ff' } },
  hole: { rows: ['.ddddd.', 'dDDDDDd', '.lllll.'], palette: { d: '#524a85', D: '#463f76', l: '#8078b3' } },
  ufo: {
    rows: ['....cccc....', '...cwcccc...', '.ssssssssss.', 'sSySSyySSySs', '.ssssssssss.', '...S....S...'],
    palette: { c: '#8fe9f0', w: '#fff', s: '#a9b0cf', S: '#7d84a8', y: '#ffd84f' },
  },
  boat: {
    rows: [
      '........k.......',
      '.......wk.......',
      '......wwkr......',
      '.....wwwkrr.....',
      '....wwwwkrrr....',
      '...wwwwwkrrrr...',
      '..wwwwwwkrrrrr..',
      '.wwwwwwwkrrrrrr.',
      '........k.......',
      'nnnnnnnnnnnnnnnn',
      '.nNNNNNNNNNNNNn.',
      '..nNNNNNNNNNNn..',
    ],
    palette: { k: '#6b4a3a', w: '#fffdf5', r: '#f26d5b', n: '#b0713f', N: '#8a5230' },
  },
} satisfies Record<string, Prop>

export function drawPalm(brush: Brush, x: number, foot: number): void {
  for (let y = 0; y < 46; y += 1) {
    const lean = Math.round(Math.sin(y / 26) * 6)
    brush.fillStyle = y % 4 === 0 ? '#8a5f38' : '#b4834e'
    brush.fillRect(x + lean, foot - y, 4, 1)
  }
  const top = { x: x + 8, y: foot - 46 }
  for (const [dx, droop] of [
    [-1, 1],
    [-1, 0.45],
    [1, 1],
    [1, 0.45],
    [0.45, -0.1],
    [-0.45, -0.1],
  ] as const) {
    for (let t = 0; t < 21; t += 1) {
      const y = Math.round(top.y - Math.sin(t / 9) * 5 + ((t * t) / 26) * droop)
      brush.fillStyle = t % 3 === 0 ? '#2f8a56' : '#4bb069'
      brush.fillRect(Math.round(top.x + dx * t), y, 2, 3)
    }
  }
  disc(brush, top.x - 1, top.y + 2, 2, '#7a4a2c')
  disc(brush, top.x + 4, top.y + 3, 2, '#7a4a2c')
}

export function drawCabin(brush: Brush, x: number, ground: number): void {
  const foot = ground + 1
  brush.fillStyle = '#8a5640'
  brush.fillRect(x, foot - 18, 30, 18)
  brush.fillStyle = '#74452f'
  for (let y = 3; y < 18; y += 4) brush.fillRect(x, foot - y, 30, 1)
  brush.fillStyle = '#ffd978'
  brush.fillRect(x + 4, foot - 13, 7, 7)
  brush.fillRect(x + 19, foot - 13, 7, 7)
  brush.fillStyle = '#8a5640'
  brush.fillRect(x + 7, foot - 13, 1, 7)
  brush.fillRect(x + 22, foot - 13, 1, 7)
  brush.fillStyle = '#5b3527'
  brush.fillRect(x + 13, foot - 11, 5, 11)
  brush.fillStyle = '#6d5668'
  brush.fillRect(x + 21, foot - 34, 5, 10)
  for (let row = 0; row < 13; row += 1) {
    brush.fillStyle = row < 11 ? '#f6f9ff' : '#cdd9f2'
    brush.fillRect(x + 12 - row - 1, foot - 31 + row, row * 2 + 8, 1)
  }
}
