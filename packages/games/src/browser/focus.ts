/**
 * Gives a button the focus by the game's own doing: where the game has the window to itself. Inside a page of the studio
 * it does so only while somebody plays, since a focus that is taken from outside ends what they write there, and their
 * next key would go to the game.
 */
export function takeFocus(button: HTMLElement): void {
  if (hasWindow() || isPlayed()) button.focus({ preventScroll: true })
}

/** The game is opened by itself, or by a shell that nothing else has in a frame. */
const hasWindow = () => window.top === window.parent

/** Somebody has touched it, as far as the browser can tell, and has not gone elsewhere since. */
const isPlayed = () => document.hasFocus() && (navigator.userActivation?.hasBeenActive ?? true)
