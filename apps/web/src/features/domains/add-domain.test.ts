import { expect, test } from 'vitest'
import { domainIn } from './add-domain.tsx'

test.each([
  ['games.studio.com', 'games.studio.com'],
  ['  https://Games.Studio.com/buttercup/?a=1 ', 'games.studio.com'],
  ['games.studio.com#top', 'games.studio.com'],
  ['', ''],
])('%j holds the domain %j', (typed, domain) => {
  expect(domainIn(typed)).toBe(domain)
})
