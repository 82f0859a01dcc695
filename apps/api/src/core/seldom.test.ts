import { expect, test } from 'vitest'
import { seldom } from './seldom.ts'

test('acts at once, then not again before its time', async () => {
  const said: string[] = []
  const say = seldom(0.05, (word: string) => said.push(word))
  say('one')
  say('two')
  expect(said).toEqual(['one'])
  await new Promise((done) => setTimeout(done, 60))
  say('three')
  expect(said).toEqual(['one', 'three'])
})
