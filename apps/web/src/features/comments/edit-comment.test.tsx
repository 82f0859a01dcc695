import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderPart } from '../../../test/render.tsx'
import { EditWords } from './edit-comment.tsx'

test('Ctrl+Enter saves the words, unless they are longer than a comment may be', async () => {
  const onSave = vi.fn<(words: { body: string }) => void>()
  const words = { body: 'a'.repeat(4000), mentions: [] }
  const { user } = renderPart(
    <EditWords
      versionId="v1"
      internal={false}
      initial={words}
      mayBeEmpty={false}
      saveLabel="Save"
      onSave={onSave}
      onDone={() => undefined}
    />,
  )
  await user.click(await screen.findByRole('combobox'))
  await user.paste('bb')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await screen.findByText('Shorten it first: 2 characters too many, 4,002 of at most 4,000.')
  expect(onSave).not.toHaveBeenCalled()

  await user.keyboard('{Backspace}{Backspace}{Control>}{Enter}{/Control}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith(words)
})
