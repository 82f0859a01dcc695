import { useCallback, useState } from 'react'
import { driveGame, silentGame, type GameDriver, type GameState } from './drive-game.ts'

/** A frame with a preview in it, and how to drive its game. Put `attach` on the frame as its `ref`. */
export function useGameDriver(previewUrl: string | null) {
  // A preview's link changes once a day; taking the new one would lose the play under way.
  const [address] = useState(previewUrl)
  const [driver, setDriver] = useState<GameDriver | null>(null)
  const [state, setState] = useState<GameState>(silentGame)
  const attach = useCallback(
    (frame: HTMLIFrameElement) => {
      if (address === null) return
      const made = driveGame(frame, address, setState)
      setDriver(made)
      return () => {
        made.end()
        setDriver(null)
        setState(silentGame)
      }
    },
    [address],
  )
  return { address, attach, driver, state }
}
export type DrivenGame = ReturnType<typeof useGameDriver>
