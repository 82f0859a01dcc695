import { expect, test } from 'vitest'
import { findUnusedKeys } from './message-keys.mjs'

const messages = {
  pets: {
    title: 'Pets',
    dead: 'Nobody says this',
    state: { asleep: 'Asleep', awake: 'Awake', gone: 'Gone' },
    mood: { 'fairly:happy': 'Happy' },
    menu: { open: 'Open', shut: 'Shut' },
  },
}
const unused = (...texts: string[]) =>
  findUnusedKeys(
    messages,
    texts.map((text) => ({ path: 'x.tsx', text })),
  )

test('keys are found in strings, templates, nested namespaces and computed calls; the rest is dead', () => {
  const page = "const t = useTranslations('pets'); t('title'); t(`mood.${mood}`)"
  const menu = "const words = useTranslations('pets.menu'); words(isOpen ? 'shut' : 'open')"
  const state = "const t = useTranslations('pets.state'); t(pet.state)"
  expect(unused(page, menu, state, "const states = ['asleep', 'awake']")).toEqual(['pets.dead', 'pets.state.gone'])
})

test("another namespace's strings and a file without a translator keep nothing alive", () => {
  expect(unused("const t = useTranslations('cats'); t('title')", "const title = 'title'")).toContain('pets.title')
})
