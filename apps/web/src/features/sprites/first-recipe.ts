import { completeRecipe, firstMask } from '@sparkle/pixel/recipe'

/** How a sprite begins: the middle of the photo, all movements. */
export const firstRecipe = completeRecipe({ mask: firstMask, animations: ['idle', 'walk', 'jump', 'happy'] })
