import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { I18n } from '../../../lib/i18n.tsx'
import { Change } from './change.tsx'
import { readBehind } from './use-behind.ts'

const read = (search: string) => readBehind(new URLSearchParams(search))

test('an address opens the projects behind a figure, and nonsense opens nothing', () => {
  expect(read('')).toBeNull()
  expect(read('show=secrets')).toBeNull()
  expect(read('show=cycleDays&of=premium')).toEqual({ key: 'cycleDays' })
  expect(read('show=ordered&of=premium')).toEqual({ key: 'ordered', packageType: 'premium' })
  expect(read('show=load&of=nobody')).toEqual({ key: 'load', assignedTo: 'nobody' })
  expect(read('show=load&of=<script>')).toEqual({ key: 'load' })
})

test.each([
  [9, 6, 'more', 'up from 6 (better)'],
  [9, 6, 'less', 'up from 6 (worse)'],
  [4, 6, 'less', 'down from 6 (better)'],
  [4, 6, null, 'down from 6'],
  [6, 6, 'more', 'as before: 6'],
  [6, null, 'more', 'Nothing to compare'],
] as const)('from %s to %s, where %s is good: %s', (value, before, good, words) => {
  render(
    <I18n locale="en" timeZone="UTC">
      <Change value={value} before={before} good={good} format={String} />
    </I18n>,
  )
  expect(screen.getByRole('paragraph').textContent?.trim()).toBe(words)
})
