import { MutationObserver, onlineManager } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { ProblemError } from './problem.ts'
import { createQueryClient } from './query-client.ts'

afterEach(() => onlineManager.setOnline(true))

test('without a network a change fails at once, and is not made later behind somebody’s back', async () => {
  onlineManager.setOnline(false)
  let tries = 0
  const told: unknown[] = []
  const client = createQueryClient((error) => told.push(error))
  const unreachable = new ProblemError({ status: 0, code: 'network' })
  const change = new MutationObserver(client, {
    mutationFn: () => {
      tries += 1
      return Promise.reject(unreachable)
    },
  })
  await expect(change.mutate()).rejects.toBe(unreachable)
  expect(told).toEqual([unreachable])
  onlineManager.setOnline(true)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(tries).toBe(1)
})
