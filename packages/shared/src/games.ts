import { z } from 'zod'
import { text } from './text.ts'

export const difficulties = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof difficulties)[number]

/** What the customer wishes of the game; a template fulfils what it can and lists the rest. */
export const gameWishes = z.object({
  theme: text(40).optional(),
  difficulty: z.enum(difficulties).default('medium'),
  features: z.array(text(40)).max(20).default([]),
})
export type GameWishes = z.infer<typeof gameWishes>

export const packageTypes = ['express', 'custom', 'premium'] as const
export type PackageType = (typeof packageTypes)[number]
