import { Plus, Search, SquareKanban, Table2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { CommandPalette } from '../../components/command-palette.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { Dialog, SideSheet } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Input } from '../../components/input.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { Notice } from '../../components/notice.tsx'
import { Popover } from '../../components/popover.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { ShortcutsDialog } from '../../components/shortcuts-dialog.tsx'
import { Badge, StatusPill, StatusText } from '../../components/status.tsx'
import { Switch } from '../../components/switch.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { useAction } from '../../lib/actions.tsx'
import { packages, statuses, views, words } from './samples.ts'

const viewIcons = { board: <SquareKanban />, table: <Table2 /> }

export function Controls() {
  const [pack, setPack] = useState<(typeof packages)[number]['value'] | null>(null)
  const [view, setView] = useState<(typeof views)[number]['value']>('board')
  const [checked, setChecked] = useState(true)
  const [on, setOn] = useState(true)
  return (
    <Card title={words.controls}>
      <div className="flex flex-col gap-4">
        <Field label={words.name} hint={words.nameHint}>
          {(control) => <Input {...control} defaultValue="Buttercup" />}
        </Field>
        <Field label={words.email} error={words.emailError}>
          {(control) => <Input {...control} defaultValue="ada@" />}
        </Field>
        <Field label={words.package} optional>
          {(control) => <Select {...control} options={packages} value={pack} onValueChange={setPack} />}
        </Field>
        <Field label={words.notes} optional>
          {(control) => <Textarea {...control} defaultValue={words.notesValue} />}
        </Field>
        <Input aria-label={words.search} placeholder={words.search} icon={<Search />} />
        <Checkbox label={words.check} checked={checked} onCheckedChange={setChecked} />
        <Checkbox label={words.checkMixed} checked="indeterminate" onCheckedChange={() => setChecked(true)} />
        <Switch label={words.switch} hint={words.switchHint} checked={on} onCheckedChange={setOn} />
        <SegmentedControl
          label={words.view}
          options={views.map((option) => ({ ...option, icon: viewIcons[option.value] }))}
          value={view}
          onValueChange={setView}
          className="self-start"
        />
      </div>
    </Card>
  )
}

export function Statuses() {
  return (
    <Card title={words.actions}>
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary">{words.primary}</Button>
          <Button icon={<Plus />}>{words.secondary}</Button>
          <Button look="quiet">{words.quiet}</Button>
          <Button look="danger">{words.danger}</Button>
          <Button look="primary" pending>
            {words.pending}
          </Button>
          <Button disabled>{words.disabled}</Button>
          <Button size="small">{words.small}</Button>
          <Button size="large" look="primary">
            {words.large}
          </Button>
          <IconButton label={words.iconLabel} keys="c" icon={<Plus />} />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {statuses.map(({ tone, word }) => (
            <StatusPill key={tone} tone={tone}>
              {word}
            </StatusPill>
          ))}
        </div>
        <div className="flex flex-wrap gap-4">
          {statuses.map(({ tone, word }) => (
            <StatusText key={tone} tone={tone}>
              {word}
            </StatusText>
          ))}
          {packages.map(({ value, label }) => (
            <Badge key={value}>{label}</Badge>
          ))}
        </div>
        <Notice tone="warn">{words.notice}</Notice>
        <Notice tone="bad">{words.noticeBad}</Notice>
      </div>
    </Card>
  )
}

export function Overlays() {
  const confirm = useConfirm()
  const [palette, setPalette] = useState(false)
  const [shortcuts, setShortcuts] = useState(false)
  useAction({ id: 'palette', label: words.palette, group: 'general', keys: 'mod+k', run: () => setPalette(true) })
  useAction({ id: 'shortcuts', label: words.shortcuts, group: 'general', keys: '?', run: () => setShortcuts(true) })
  useAction({ id: 'rename', label: words.rename, group: 'page', keys: 'g p', run: () => notify(words.toastText) })
  const footer = <Button look="primary">{words.primary}</Button>
  const field = <Field label={words.name}>{(control) => <Input {...control} />}</Field>
  return (
    <Card title={words.overlays}>
      <div className="flex flex-wrap items-center gap-2">
        <Dialog
          trigger={<Button>{words.dialog}</Button>}
          title={words.overlayTitle}
          description={words.overlayBody}
          footer={footer}
        >
          {field}
        </Dialog>
        <SideSheet
          trigger={<Button>{words.sheet}</Button>}
          title={words.overlayTitle}
          description={words.overlayBody}
          footer={footer}
        >
          {field}
        </SideSheet>
        <Menu trigger={<Button>{words.menu}</Button>}>
          <MenuItem keys="r" onSelect={() => notify(words.rename)}>
            {words.rename}
          </MenuItem>
          <MenuItem onSelect={() => notify(words.duplicate)}>{words.duplicate}</MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => notify(words.danger, { tone: 'bad' })}>
            {words.danger}
          </MenuItem>
        </Menu>
        <Popover label={words.popover} trigger={<Button>{words.popover}</Button>} className="max-w-72">
          {words.overlayBody}
        </Popover>
        <Button
          onClick={() =>
            void confirm({
              title: words.confirmTitle,
              body: words.confirmBody,
              confirmLabel: words.danger,
              danger: true,
            })
          }
        >
          {words.confirm}
        </Button>
        <Button
          onClick={() =>
            notify(words.toastText, {
              description: words.overlayBody,
              action: { label: words.undo, run: () => undefined },
            })
          }
        >
          {words.toast}
        </Button>
        <Button onClick={() => setPalette(true)}>{words.palette}</Button>
        <Button onClick={() => setShortcuts(true)}>{words.shortcuts}</Button>
      </div>
      <CommandPalette open={palette} onOpenChange={setPalette} />
      <ShortcutsDialog open={shortcuts} onOpenChange={setShortcuts} />
    </Card>
  )
}
