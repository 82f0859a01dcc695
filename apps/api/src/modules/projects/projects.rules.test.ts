import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { legalMoves, projectStatuses, type ProjectStatus } from '@sparkle/shared/projects'
import { AppError } from '../../core/app-error.ts'
import { moveTo, type ProjectFacts } from './projects.rules.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const status = fc.constantFrom(...projectStatuses)
const start: ProjectFacts = { status: 'backlog', statusBeforeHold: null, assignedArtistId: null, accountId: null }

/** Tries the wished-for moves one after another and makes those that are legal. */
function walk(wishes: readonly ProjectStatus[]): { facts: ProjectFacts; trail: ProjectStatus[] } {
  let facts = start
  const trail: ProjectStatus[] = [facts.status]
  for (const wish of wishes) {
    if (!legalMoves(facts.status, facts.statusBeforeHold).includes(wish)) continue
    const { completed: _, ...moved } = moveTo(facts, wish)
    facts = { ...facts, ...moved }
    trail.push(facts.status)
  }
  return { facts, trail }
}

describe('the moves of a project', () => {
  test('are those of the table and no others; an illegal one names the legal ones', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 20 }), status, (wishes, next) => {
        const { facts } = walk(wishes)
        const legal = legalMoves(facts.status, facts.statusBeforeHold)
        if (legal.includes(next)) expect(moveTo(facts, next).status).toBe(next)
        else {
          const refused = catchError(() => moveTo(facts, next))
          expect(refused).toMatchObject({ kind: 'conflict', code: 'project.illegal_transition', extras: { legal } })
        }
      }),
    )
  })

  test('lead from hold back to where they came from, and nowhere else but to cancelled', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 30 }), (wishes) => {
        const { facts, trail } = walk(wishes)
        fc.pre(facts.status === 'on_hold')
        const before = trail.at(-2)
        expect(before).not.toBe('on_hold')
        expect(legalMoves(facts.status, facts.statusBeforeHold).toSorted()).toEqual([before, 'cancelled'].toSorted())
      }),
    )
  })

  test('never leave a project stuck, and remember a status before hold only while on hold', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 30 }), (wishes) => {
        const { facts } = walk(wishes)
        expect(legalMoves(facts.status, facts.statusBeforeHold).length).toBeGreaterThan(0)
        expect(facts.statusBeforeHold !== null).toBe(facts.status === 'on_hold')
      }),
    )
  })

  test('complete only after review', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 30 }), (wishes) => {
        const { trail } = walk(wishes)
        trail.forEach((at, i) => at === 'complete' && expect(trail[i - 1]).toBe('review'))
      }),
    )
  })
})

function catchError(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
