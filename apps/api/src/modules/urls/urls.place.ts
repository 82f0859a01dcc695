import { gameOrigin } from '../../core/game-origin.ts'

/** Where games live, as `https://play.example`: part of every address. */
export interface GamesPlace {
  gamesOrigin: string
}

export function hostOf({ gamesOrigin }: GamesPlace): string {
  return new URL(gamesOrigin).host
}

/** The address as it is given to people: at the studio's primary domain where it has one. */
export function addressOf({ gamesOrigin }: GamesPlace, slug: string, primaryDomain: string | null): string {
  return `${gameOrigin(gamesOrigin, primaryDomain)}/${slug}/`
}
