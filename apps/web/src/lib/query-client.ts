import { MutationCache, QueryClient } from '@tanstack/react-query'
import { isProblem } from './problem.ts'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** `true` where the form or page shows the failure itself, so that no toast repeats it. */
      quiet?: boolean
    }
  }
}

/**
 * The one query client of a page. Reads are tried again where trying again can help: no answer, or a server that is
 * busy. Changes never are, nor do they wait for a network, because a person should decide: one who has pressed Cancel
 * meanwhile, or closed the page, would not know what becomes of it. What may wait goes through the outbox. `onMutationError` is told of every failed change that does
 * not show its failure itself.
 */
export function createQueryClient(onMutationError: (error: unknown) => void): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        if (!mutation.meta?.quiet) onMutationError(error)
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 15 * 60_000,
        retry: (failures, error) => failures < 2 && isTemporary(error),
        retryDelay: (failures) => Math.min(1000 * 2 ** failures, 8000),
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

function isTemporary(error: unknown): boolean {
  return (
    isProblem(error) && (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504)
  )
}
