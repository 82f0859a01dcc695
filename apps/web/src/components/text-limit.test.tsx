import { fireEvent, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { renderPart } from '../../test/render.tsx'
import { Field } from './field.tsx'
import { Input } from './input.tsx'
import { Textarea } from './textarea.tsx'

function Form({ onSend }: { onSend: (note: string, name: string) => void }) {
  const [note, setNote] = useState('')
  const [name, setName] = useState('Rex')
  return (
    <form
      aria-label="Form"
      onSubmit={(event) => {
        event.preventDefault()
        onSend(note, name)
      }}
    >
      <Field label="Name">
        {(tie) => <Input {...tie} maxLength={10} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="Note" hint="In your words.">
        {(tie) => <Textarea {...tie} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <button type="submit">Send</button>
    </form>
  )
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
const describedBy = (control: HTMLElement) =>
  (control.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)

test('a text over its limit stays whole, is counted, and is not sent before it is shortened', async () => {
  const onSend = vi.fn<(note: string, name: string) => void>()
  const { user } = renderPart(<Form onSend={onSend} />)
  const send = () => user.click(screen.getByRole('button', { name: 'Send' }))
  const form = within(await screen.findByRole('form'))
  const paste = async (into: HTMLElement, text: string) => {
    await user.click(into)
    await user.paste(text)
  }
  await paste(field('Note'), 'a'.repeat(899))
  expect(describedBy(field('Note'))).toEqual(['In your words.'])

  await paste(field('Note'), 'a')
  expect(describedBy(field('Note'))).toEqual(['In your words.', '900 of 1,000 characters'])
  form.getByText('Nearly as long as it may be: at most 1,000 characters.')
  await send()
  expect(onSend).toHaveBeenCalledTimes(1)

  await paste(field('Note'), 'a'.repeat(112))
  expect(field('Note').value).toHaveLength(1012)
  expect(field('Note').ariaInvalid).toBe('true')
  expect(describedBy(field('Note'))).toContain('12 characters too many: 1,012 of at most 1,000.')
  form.getByText('Too long to be sent: at most 1,000 characters.')
  await send()
  expect(onSend).toHaveBeenCalledTimes(1)
  expect(document.activeElement).toBe(field('Note'))
  expect(describedBy(field('Note'))).toContain('Shorten it first: 12 characters too many, 1,012 of at most 1,000.')
  form.getByText('Shorten it first: at most 1,000 characters.')

  fireEvent.change(field('Note'), { target: { value: 'a'.repeat(1000) } })
  expect(describedBy(field('Note'))).toContain('1,000 of 1,000 characters')
  await send()
  expect(onSend).toHaveBeenLastCalledWith('a'.repeat(1000), 'Rex')
})

test('a line behaves alike; what is only searched for is cut', async () => {
  const onSend = vi.fn<(note: string, name: string) => void>()
  const { user } = renderPart(
    <>
      <Form onSend={onSend} />
      <Input type="search" aria-label="Search" maxLength={10} defaultValue="" />
    </>,
  )
  await user.click(await screen.findByRole('textbox', { name: 'Name' }))
  await user.paste(' the Second')
  await user.keyboard('{Enter}')
  expect(describedBy(field('Name'))).toEqual(['Shorten it first: 4 characters too many, 14 of at most 10.'])
  expect(onSend).not.toHaveBeenCalled()

  await user.click(screen.getByRole('searchbox'))
  await user.paste('Rex the Second')
  expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('Rex the Se')
})

test('where the field says itself what is wrong, the length is all that is added', async () => {
  renderPart(
    <Field label="Name" error="Use at most 2 characters.">
      {(tie) => <Input {...tie} maxLength={2} value="Rex" readOnly />}
    </Field>,
  )
  await screen.findByRole('textbox')
  expect(describedBy(field('Name'))).toEqual(['Use at most 2 characters.', '3 of 2 characters'])
  expect(screen.queryByText(/Too long/)).toBeNull()
})
