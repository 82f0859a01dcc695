/** What people say of their pets. Of a whole sentence only these make an address that sounds like a person's idea. */
export const traitWords: ReadonlySet<string> = new Set(
  `adventurous affectionate agile bold bouncy brave bright bubbly calm charming cheeky cheerful chubby chunky clever clumsy
  cosy cranky crazy cuddly curious cute daring dashing devoted dreamy eager elegant energetic faithful fast fearless feisty
  fierce floppy fluffy friendly funny fuzzy gentle giddy goofy graceful grand greedy grumpy happy hungry independent jolly
  jumpy kind lazy lively loud lovable lovely loving loyal lucky mad majestic mellow merry mighty mischievous moody naughty
  noble noisy nosy patient peppy perky playful plucky polite proud quick quiet quirky regal royal sassy scruffy serious shy
  silly skittish sleepy sly smart smug snuggly social speedy spirited splendid spoiled stubborn sweet swift talkative tender
  timid tiny tough tricky vain vocal wild wise witty zany zippy`.split(/\s+/),
)

/** Words before a name that are none. */
export const titles: ReadonlySet<string> = new Set(
  'the sir lady lord miss mister mrs captain princess prince king queen doctor her his royal highness majesty'.split(
    ' ',
  ),
)

/** Words that lead on to another one: no address ends with them. */
export const openEnds: ReadonlySet<string> = new Set(
  'the a an and of in at by von van de der del da do la le el und et y mc st saint sir lady lord'.split(' '),
)

/** What follows a first name and is no second one: `Rex the Third`, `Milo Junior`. */
export const suffixes: ReadonlySet<string> = new Set(
  'the of von van de der del da first second third junior jr'.split(' '),
)

/** How people call a breed, where that is not simply its last word. */
export const breedNames: Readonly<Record<string, string>> = {
  'german-shepherd': 'shepherd',
  'golden-retriever': 'goldie',
  'labrador-retriever': 'labrador',
  'cavalier-king-charles-spaniel': 'cavalier',
  'west-highland-white-terrier': 'westie',
  'yorkshire-terrier': 'yorkie',
  'staffordshire-bull-terrier': 'staffie',
  'shetland-sheepdog': 'sheltie',
  'border-collie': 'collie',
  'bernese-mountain-dog': 'bernese',
  'domestic-shorthair': 'cat',
  'domestic-longhair': 'cat',
  'british-shorthair': 'british-cat',
  'shih-tzu': 'shih-tzu',
  'jack-russell': 'jack-russell',
  'jack-russell-terrier': 'jack-russell',
  'st-bernard': 'st-bernard',
  'chow-chow': 'chow-chow',
  'guinea-pig': 'guinea-pig',
  'maine-coon': 'maine-coon',
}

/** Breeds' last words that say nothing without the one before. */
export const weakBreedWords: ReadonlySet<string> = new Set(
  'mix mixed cross breed shorthair longhair dog pig chow'.split(' '),
)

/** Where a theme plays, as one would tell it. */
export const themePhrases: Readonly<Record<string, readonly string[]>> = {
  garden: ['in-the-garden', 'in-bloom'],
  seaside: ['by-the-sea', 'at-the-beach'],
  snow: ['in-the-snow', 'on-ice'],
  space: ['in-space', 'among-the-stars'],
}
