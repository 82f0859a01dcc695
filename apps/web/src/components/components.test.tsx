import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { renderPart } from '../../test/render.tsx'
import { ProblemError } from '../lib/problem.ts'
import { useAction } from '../lib/actions.tsx'
import { useSettled } from '../lib/use-settled.ts'
import { Button } from './button.tsx'
import { Combobox, type ComboboxOption } from './combobox.tsx'
import { CommandPalette } from './command-palette.tsx'
import { useConfirm } from './confirm.tsx'
import { DataTable } from './data-table.tsx'
import { Dialog } from './dialog.tsx'
import { Dropzone } from './dropzone.tsx'
import { ErrorState } from './error-state.tsx'
import { Field } from './field.tsx'
import { FileList } from './file-list.tsx'
import { Input } from './input.tsx'
import { Select } from './select.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

test('a field ties label, hint and error to its control', () => {
  renderPart(
    <Field label="Name" hint="As in the game." error="Fill this in.">
      {(control) => <Input {...control} />}
    </Field>,
  )
  const input = screen.getByRole('textbox', { name: 'Name' })
  expect(input).toHaveProperty('ariaInvalid', 'true')
  const described = (input.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent)
  expect(described).toEqual(['Fill this in.', 'As in the game.'])
})

test('a pending button keeps the focus and does nothing', async () => {
  const onClick = vi.fn<() => void>()
  const { user } = renderPart(
    <Button pending onClick={onClick}>
      Save
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Save' })
  await user.click(button)
  expect(onClick).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(button)
})

test('a double click takes the next step once', async () => {
  const onClick = vi.fn<() => void>()
  const { user } = renderPart(
    <Button look="primary" onClick={onClick}>
      Build
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Build' })
  await user.dblClick(button)
  expect(onClick).toHaveBeenCalledTimes(1)
  await user.keyboard('{Enter}{Enter}')
  expect(onClick).toHaveBeenCalledTimes(3)
})

test('a dialog begins in its first field, and gives the focus back to what opened it', async () => {
  function Opened() {
    const [open, setOpen] = useState(false)
    return (
      <>
        <Button onClick={() => setOpen(true)}>New project</Button>
        <Dialog open={open} onOpenChange={setOpen} title="New project">
          <Input aria-label="Pet" />
        </Dialog>
      </>
    )
  }
  const { user } = renderPart(<Opened />)
  const button = screen.getByRole('button', { name: 'New project' })
  await user.click(button)
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Pet' }))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(button))
})

test('a select is chosen from by keyboard', async () => {
  function Sample() {
    const [value, setValue] = useState<'a' | 'b' | null>(null)
    return (
      <Select
        aria-label="Package"
        value={value}
        onValueChange={setValue}
        options={[
          { value: 'a', label: 'Express' },
          { value: 'b', label: 'Premium' },
        ]}
      />
    )
  }
  const { user } = renderPart(<Sample />)
  const trigger = screen.getByRole('combobox', { name: 'Package' })
  expect(trigger.textContent).toContain('Choose')
  trigger.focus()
  await user.keyboard('{Enter}{ArrowDown}{Enter}')
  await waitFor(() => expect(trigger.textContent).toBe('Premium'))
})

test('a confirmation answers yes or no, and Escape is no', async () => {
  const answers: boolean[] = []
  function Sample() {
    const confirm = useConfirm()
    return (
      <Button
        onClick={() =>
          void confirm({ title: 'Delete it?', body: 'For good.', confirmLabel: 'Delete' }).then((yes) =>
            answers.push(yes),
          )
        }
      >
        Ask
      </Button>
    )
  }
  const { user } = renderPart(<Sample />)
  await user.click(screen.getByRole('button', { name: 'Ask' }))
  await user.click(
    within(screen.getByRole('alertdialog', { name: 'Delete it?' })).getByRole('button', { name: 'Delete' }),
  )
  await waitFor(() => expect(answers).toEqual([true]))
  await user.click(await screen.findByRole('button', { name: 'Ask' }))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(answers).toEqual([true, false]))
})

test('rows of a table are walked and opened by keyboard; a control inside keeps its own click', async () => {
  const onOpen = vi.fn<(name: string) => void>()
  const onSort = vi.fn<(sort: string) => void>()
  const onInner = vi.fn<() => void>()
  const rows = [
    { id: '1', name: 'Buttercup' },
    { id: '2', name: 'Moritz' },
  ]
  const { user } = renderPart(
    <DataTable
      label="Projects"
      rows={rows}
      rowId={(row) => row.id}
      onOpen={(row) => onOpen(row.name)}
      sort="name"
      onSortChange={onSort}
      columns={[
        { id: 'name', header: 'Pet', cell: (row) => row.name, sort: { ascending: 'name', descending: '-name' } },
        {
          id: 'do',
          header: 'Do',
          cell: () => (
            <button type="button" onClick={onInner}>
              Act
            </button>
          ),
        },
      ]}
    />,
  )
  const [, first, second] = screen.getAllByRole('row')
  first?.focus()
  await user.keyboard('{ArrowDown}{Enter}')
  expect(document.activeElement).toBe(second)
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('Moritz')
  await user.click(screen.getAllByRole('button', { name: 'Act' })[0] as HTMLElement)
  expect(onInner).toHaveBeenCalledOnce()
  expect(onOpen).toHaveBeenCalledOnce()
  expect(screen.getByRole('columnheader', { name: 'Pet' }).getAttribute('aria-sort')).toBe('ascending')
  await user.click(screen.getByRole('button', { name: 'Pet' }))
  expect(onSort).toHaveBeenCalledWith('-name')
})

test('a dropzone takes what fits and says why it refuses the rest', async () => {
  const onFiles = vi.fn<(files: File[]) => void>()
  const onRefused = vi.fn<(reasons: string[]) => void>()
  const { user, container } = renderPart(
    <Dropzone
      label="Photos"
      accept={{ 'image/png': ['.png'] }}
      maxSizeBytes={10}
      onFiles={onFiles}
      onRefused={onRefused}
    />,
  )
  const input = container.querySelector('input[type=file]') as HTMLInputElement
  const small = new File(['x'], 'cat.png', { type: 'image/png' })
  const large = new File(['xxxxxxxxxxxx'], 'dog.png', { type: 'image/png' })
  const empty = new File([], 'gone.png', { type: 'image/png' })
  await user.upload(input, [small, large, empty])
  await waitFor(() => expect(onFiles).toHaveBeenCalledWith([small]))
  expect(onRefused).toHaveBeenCalledWith(['dog.png is larger than 10 bytes.', 'gone.png is empty.'])
  const button = screen.getByRole('button', { name: /^Photos:\s*Drop files here/ })

  const table = new File(['x'], 'pets.csv', { type: 'text/csv' })
  const items = [large, table, small].map((file) => ({ kind: 'file', type: file.type, getAsFile: () => file }))
  fireEvent.paste(button, { clipboardData: { types: ['Files'], items } })
  await waitFor(() => expect(onFiles).toHaveBeenCalledTimes(2))
  expect(onFiles).toHaveBeenLastCalledWith([small])
  expect(onRefused).toHaveBeenLastCalledWith([
    'dog.png is larger than 10 bytes.',
    'pets.csv is not a kind of file that is accepted here.',
  ])
})

test('a failed file says why and can be tried again', async () => {
  const onRetry = vi.fn<(id: string) => void>()
  const { user } = renderPart(
    <FileList
      files={[
        { id: '1', name: 'a.png', sizeBytes: 2048, state: 'failed', error: 'No picture.' },
        { id: '2', name: 'b.png', sizeBytes: 2048, state: 'uploading', share: 0.5 },
      ]}
      onRetry={onRetry}
    />,
  )
  expect(screen.getByRole('alert').textContent).toBe('No picture.')
  expect(screen.getByRole('progressbar', { name: 'b.png' }).getAttribute('aria-valuenow')).toBe('50')
  await user.click(screen.getByRole('button', { name: 'Try a.png again' }))
  expect(onRetry).toHaveBeenCalledWith('1')
})

test('an error shows what the API said, the request number and a way to try again', async () => {
  const onRetry = vi.fn<() => void>()
  const { user } = renderPart(
    <ErrorState
      error={
        new ProblemError({ status: 409, code: 'url.slug_taken', detail: 'This address is taken.', requestId: 'req-9' })
      }
      onRetry={onRetry}
    />,
  )
  expect(screen.getByRole('alert').textContent).toContain('This address is taken.')
  expect(screen.getByText('Request req-9')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(onRetry).toHaveBeenCalledOnce()
})

test('an action is on its keys, in the palette and in the list of shortcuts', async () => {
  const run = vi.fn<() => void>()
  function Sample() {
    const [palette, setPalette] = useState(false)
    const [help, setHelp] = useState(false)
    useAction({ id: 'go', label: 'Go to projects', group: 'go', keys: 'g p', run })
    useAction({ id: 'palette', label: 'Search', group: 'general', keys: 'mod+k', run: () => setPalette(true) })
    useAction({ id: 'help', label: 'Shortcuts', group: 'general', keys: '?', run: () => setHelp(true) })
    return (
      <>
        <input aria-label="Field" />
        <CommandPalette open={palette} onOpenChange={setPalette} />
        <ShortcutsDialog open={help} onOpenChange={setHelp} />
      </>
    )
  }
  const { user } = renderPart(<Sample />)
  await user.keyboard('gp')
  expect(run).toHaveBeenCalledTimes(1)
  await user.type(screen.getByRole('textbox', { name: 'Field' }), 'gp')
  expect(run).toHaveBeenCalledTimes(1)
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('combobox'), 'projects{Enter}')
  await waitFor(() => expect(run).toHaveBeenCalledTimes(2))
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  ;(document.activeElement as HTMLElement).blur()
  await user.keyboard('?')
  expect((await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).textContent).toContain('Go to projects')
})

function Choice({ all }: { all: readonly ComboboxOption[] }) {
  const [words, setWords] = useState('')
  const [value, setValue] = useState<ComboboxOption | null>(null)
  // As from a server: what is found comes after the letters.
  const asked = useSettled(words.toLowerCase(), 20)
  const options = all.filter(({ label }) => label.toLowerCase().includes(asked))
  return (
    <Combobox
      label="Project"
      none="Any"
      value={value}
      onValueChange={setValue}
      words={words}
      onWordsChange={setWords}
      options={options}
      pending={false}
    />
  )
}

test('a combobox is searched, chosen from and taken back by keys alone', async () => {
  const { user } = renderPart(
    <Choice
      all={[
        { value: 'a', label: 'Buttercup' },
        { value: 'b', label: 'Rex', detail: 'Poodle' },
      ]}
    />,
  )
  await user.tab()
  await user.keyboard('{Enter}')
  await user.type(await screen.findByRole('combobox'), 'zz')
  await screen.findByText('Nothing found. Try other words.')
  await user.keyboard('{Backspace}{Backspace}re')
  await screen.findByRole('option', { name: /Rex/, selected: true })
  await user.keyboard('{Enter}')
  const trigger = await screen.findByRole('button', { name: 'Project: Rex' })
  await waitFor(() => expect(document.activeElement).toBe(trigger))
  await user.keyboard('{Enter}')
  await screen.findByRole('option', { name: /Rex/, selected: true })
  await user.keyboard('{Home}{Enter}')
  await screen.findByRole('button', { name: 'Project' })
})
