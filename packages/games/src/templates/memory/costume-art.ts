/** What the pet wears, in the letters of `itemPalette`; drawn on top of its head. */
export const hats = [
  // A party hat.
  ['....y....', '...ywy...', '....r....', '...rrR...', '...rww...', '..rrrrR..', '..wwrrR..', '.rrrrwwR.', '.rrwwrrR.'],
  // A crown.
  ['y....y....y', 'yy..yyy..yy', 'yyyyyyyyyyy', 'yyryybyyryY', 'yyyyyyyyyyY', 'YYYYYYYYYYY'],
  // A wizard's hat.
  [
    '......b....',
    '.....bB....',
    '....bbB....',
    '....bybB...',
    '...bbbbB...',
    '..bbbbyB...',
    '..bybbbbB..',
    '.yyyyyyyyY.',
    'bbbbbbbbbbB',
    '.BBBBBBBBB.',
  ],
  // A bow.
  ['pp.......pp', 'pppp.P.pppp', 'ppppPPPpppp', 'ppppPPPpppp', 'pppp.P.pppp', 'pp.......pp'],
  // A wreath.
  ['..p...y...b..', '.pwp.ywy.bwb.', '..p...y...b..', 'gGgGgGgGgGgGg', '.g.g.g.g.g.g.'],
  // A pirate's hat.
  [
    '....SSSSS....',
    '..SSkkkkkSS..',
    '.SkkkwwwkkkS.',
    '.SkkwkwkwkkS.',
    'SkkkkwwwkkkkS',
    'SkkkwkkkwkkkS',
    'wwkkkkkkkkkww',
    '.wwwwwwwwwww.',
  ],
  // A cook's hat.
  ['..ww.ww..', '.wwwwwww.', 'wwwWwwwww', 'wwwwwWwww', '.wwwwwwW.', '..wwwww..', '..wWwWw..', '..WWWWW..'],
  // Feelers from another star.
  ['gg.......gg', 'gg.......gg', '.G.......G.', '..G.....G..', '...G...G...', '...GgggG...'],
] as const

/** A magnifying glass: the pair that shows all cards. */
export const glassArt = [
  '...SSSSS.....',
  '..ScccccS....',
  '.ScwwcccsS...',
  '.ScwccccsS...',
  '.ScccccccS...',
  '.ScccccccS...',
  '..SccccsS....',
  '...SSSSSn....',
  '......nnNn...',
  '.......nNNn..',
  '........nNNn.',
  '.........nnN.',
]

/** Wall and floor behind each costume; a colour of its own tells cards apart before the eye reads them. */
export const costumeGrounds = [
  ['#ffc2d4', '#f28cae'],
  ['#cdb5f5', '#a081dc'],
  ['#b5d8ff', '#7fb0ec'],
  ['#fff0b8', '#f3cf6a'],
  ['#c5efc0', '#86cf86'],
  ['#ffd3a8', '#f0a566'],
  ['#bdeef2', '#7ccbd6'],
  ['#54468a', '#2f2560'],
] as const

export const thingGround = ['#fff6e4', '#ecd9b8'] as const
export const specialGround = ['#fff3a8', '#f7bd3f'] as const
/** A breath of another colour over the pet: it glows where it comes from. */
export const alienTint = 'rgba(110, 214, 98, 0.45)'
