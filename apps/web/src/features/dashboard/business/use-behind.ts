import { figureKeys } from '@sparkle/shared/dashboard'
import { packageTypes } from '@sparkle/shared/games'
import { useSearchParams } from 'react-router-dom'
import type { Behind } from '../api.ts'

/** What an address asks to see behind the figures: `?show=load&of=<user>`, `?show=ordered&of=premium`. */
export function readBehind(search: URLSearchParams): Behind | null {
  const key = figureKeys.find((one) => one === search.get('show'))
  if (!key) return null
  const of = search.get('of')
  const packageType = packageTypes.find((one) => one === of)
  if (key === 'ordered' && packageType) return { key, packageType }
  if (key === 'load' && of !== null && /^(nobody|[0-9a-f-]{36})$/.test(of)) return { key, assignedTo: of }
  return { key }
}

/** The list that is open beside the figures, kept in the address: it survives a reload and can be sent to somebody. */
export function useBehind() {
  const [search, setSearch] = useSearchParams()
  const show = (behind: Behind | null) =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      next.delete('show')
      next.delete('of')
      if (behind) next.set('show', behind.key)
      const of = behind?.packageType ?? behind?.assignedTo
      if (of) next.set('of', of)
      return next
    })
  return { behind: readBehind(search), show }
}
