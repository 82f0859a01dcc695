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
 * Slurs and obscenities in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish and Turkish that
 * count as whole words only, because innocent words hold them: Scunthorpe, therapist, Analise, Lightwater, Bassett. Words
 * that are mostly something else somewhere are left out: names (Dick, Fanny, Bunda), birds (tit), tails (Schwanz).
 */
export const offensiveWords: ReadonlySet<string> = new Set(
  `anal anus arse arsehole asshole bastard blowjob bollocks boobs bullshit chink clit cum cunt dildo dyke fag gook hitler
  horny jizz kike nazi negro orgasm orgy paki penis porn porno prick pube pussy rape raped rapist retard shit shite shitty
  slut spastic spic tits titties titty tranny turd twat vagina wank
  arsch ficken fick ficker fotze hure kacke kanake neger nutte pimmel titten
  batard bordel connasse couille merde negre nique niquer pede petasse pute tapette
  cojones culo joder mierda negra polla puta puto verga zorra
  cazzi figa frocio minchia
  boceta buceta foda foder merda piroca porra viado
  kanker kut lul neuken nikker tering tyfus
  chuj cipa cwel dupa huj kurwy pizda
  fitta knulla
  amcik orospu sikis yarrak`.split(/\s+/),
)

/**
 * Stems that are one in whatever word they stand, so that `fuckface` and `arschlochkatze` are refused as well. Each was
 * tried on word lists of English, German, French, Spanish and Italian (SCOWL's large one and those of ispell); what they
 * hit there innocently is listed below.
 */
export const offensiveStems: readonly string[] = `fuck motherf nigger nigga faggot cocksuck bitch whore wanker shithead
  shitface dipshit horseshit arschloch hurensohn wichser schlampe schwuchtel scheiss missgeburt verfickt
  connard encule salope filsdepute putain
  cabron chingar chingada gilipollas maricon pendejo hijodeputa
  cazzo coglione puttana stronz vaffanculo
  caralho cacete arrombado filhodaputa
  godverdomme klootzak kankerlijer kutwijf
  kurwa pierdol skurwysyn spierdal jebac jebany
  helvetesjavla orospucocugu siktir`.split(/\s+/)

/** Whole words that are strong enough to be looked for in disguise and cut up; `pen-is` is not among them. */
export const strongWords: readonly string[] = 'arsehole asshole cunt hitler pussy shit slut twat'.split(' ')

/** Innocent words with a stem inside. They are taken out before stems are looked for. */
export const innocentWords: readonly string[] = 'snigger niggard swanker salopette tischlampe cazzott'.split(' ')
