import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, vi, type MockInstance } from 'vitest'

// How long `findBy…` and `waitFor` look for what is not there yet: a second is too short for a busy machine.
configure({ asyncUtilTimeout: 15_000 })

// What jsdom leaves out and Radix asks for. None of it has an effect that a test looks at.
Element.prototype.hasPointerCapture = () => false
Element.prototype.setPointerCapture = () => undefined
Element.prototype.releasePointerCapture = () => undefined
Element.prototype.scrollIntoView = () => undefined
window.scrollTo = () => undefined
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener() {}, removeListener() {} })
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

let errors: MockInstance<typeof console.error>

beforeEach(() => {
  errors = vi.spyOn(console, 'error')
})

// React reports broken hooks, keys and markup as console errors: each of them fails the test that caused it.
afterEach(() => {
  cleanup()
  localStorage.clear()
  const said = errors.mock.calls.map((parts) => parts.map(String).join(' '))
  if (said.length > 0) throw new Error(`Console errors:\n${said.join('\n')}`)
})
