/** Where games live, as `https://play.example`: part of every address. */
export interface GamesPlace {
  gamesOrigin: string
}

export function hostOf({ gamesOrigin }: GamesPlace): string {
  return new URL(gamesOrigin).host
}

export function addressOf({ gamesOrigin }: GamesPlace, slug: string): string {
  return `${gamesOrigin}/${slug}/`
}
