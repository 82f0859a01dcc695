import { useEffect, useState } from 'react'
import { isTyping } from '../../lib/keys.ts'

/** Whether a letter is being held down, outside of fields. Letting go anywhere, and leaving the window, ends it. */
export function useHeldKey(key: string): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey
      if (plain && event.key.toLowerCase() === key && !isTyping(event.target)) setHeld(true)
    }
    const onUp = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === key) setHeld(false)
    }
    const onBlur = () => setHeld(false)
    window.addEventListener('keydown', onDown)
    window.addEventListener('keyup', onUp)
    window.addEventListener('blur', onBlur)
    return () => {
      window.removeEventListener('keydown', onDown)
      window.removeEventListener('keyup', onUp)
      window.removeEventListener('blur', onBlur)
    }
  }, [key])
  return held
}
