import type { ComponentProps } from 'react'
import { Input } from './input.tsx'

/** For six digits of an app, which phones offer from the keyboard, or a recovery code. */
export function CodeInput(props: ComponentProps<'input'>) {
  return (
    <Input
      {...props}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={24}
      className="font-mono tracking-widest"
    />
  )
}
