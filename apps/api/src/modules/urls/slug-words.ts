/**
 * Words that mean something in an address: ours, those of the host's own paths, and those that lend a stranger our name.
 * A slug is refused when it is one of them as a whole; `admin-the-cat` is a game like any other.
 */
export const reservedWords: ReadonlySet<string> = new Set(
  `about abuse account accounts activity admin administrator advertise api app apps asset assets auth billing blog build
  builds business careers cdn checkout client clients config contact cookies customer customers dashboard data demo deploy
  dev docs download downloads events example faq favicon feed files forum game games guest health help home host hosting
  images img index info invite invoice invoices jobs legal live localhost login logout mail manager manifest media metrics
  moderator news newsletter notifications null official order orders owner password pay payment payments pet platform
  play player players policy press preview pricing privacy project projects public register report robots root search
  secure security service service-worker settings shop signin signout signup sitemap sparkle sparkleclassic sprite sprites
  staff static status store studio studios super support sw system team terms test tracking undefined unsubscribe upload
  uploads url urls user users verify webhook webhooks well-known worker www`.split(/\s+/),
)

/**
 * A modest list of slurs and obscenities in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish. They
 * count as whole words only, so that Scunthorpe, Dickens and Cockapoo stay welcome. Words that are also common pet names
 * are left out: a manager looks at every address before it goes live.
 */
export const offensiveWords: ReadonlySet<string> = new Set(
  `anal arse arsehole asshole bastard bitch blowjob bollocks bullshit chink cunt cum dildo dyke fag faggot fuck fucked
  fucker fucking gook hitler jizz kike motherfucker nazi negro nigga nigger paki penis porn porno pussy rape rapist retard
  shit shitty slut spic tits titties tranny twat vagina wank wanker whore
  arschloch ficken ficker fotze hure hurensohn kanake missgeburt neger nutte scheisse schlampe schwuchtel wichser
  batard bite bordel connard connasse encule enculer merde negre nique niquer pede petasse pute putain salope
  cabron chingar cojones cono gilipollas joder maricon mierda pendejo polla puta puto verga zorra
  cazzo coglione culo fica finocchio frocio minchia negra puttana stronza stronzo troia vaffanculo
  boceta buceta caralho cacete foda foder merda piroca porra viado
  godverdomme hoer kanker kut kutwijf lul neuken nikker tering
  chuj cipa cwel dziwka huj jebac kurwa kurwy pedal pierdolic pizda skurwysyn spierdalaj szmata`.split(/\s+/),
)

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
  'the sir lady lord miss mister mrs captain princess prince king queen doctor'.split(' '),
)
