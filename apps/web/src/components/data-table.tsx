import { tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import {
  memo,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'
import { Checkbox } from './checkbox.tsx'

export interface DataColumn<T> {
  id: string
  header: string
  cell: (row: T) => ReactNode
  /** The values of the API's `sort` for both directions; without it the column cannot be sorted. */
  sort?: { ascending: string; descending: string }
  align?: 'start' | 'end'
  /** A CSS length or share; the others divide what is left. */
  width?: string
  /** The narrowest table that shows the column. It is the table that is measured: a menu beside it takes its share. */
  from?: 'always' | 'sm' | 'md' | 'lg' | 'xl'
}

interface DataTableProps<T> {
  /** What the table lists; read out. */
  label: string
  columns: readonly DataColumn<T>[]
  rows: readonly T[]
  rowId: (row: T) => string
  /** Click and Enter on a row. Links and buttons inside a row keep their own meaning. */
  onOpen?: (row: T) => void
  sort?: string
  onSortChange?: (sort: string) => void
  selection?: {
    selected: ReadonlySet<string>
    onChange: (selected: ReadonlySet<string>) => void
    labelOf: (row: T) => string
  }
  /** Below the rows, inside the scrolled part: a LoadMore. */
  footer?: ReactNode
  /** The table scrolls inside this height and only renders what is in sight. */
  height?: string
}

const features = tableFeatures({})
const rowHeightPx = 48
const shownFrom = {
  always: '',
  sm: 'hidden @min-[36rem]:table-cell',
  md: 'hidden @min-[45rem]:table-cell',
  lg: 'hidden @min-[60rem]:table-cell',
  xl: 'hidden @min-[69rem]:table-cell',
}

/** A list as a table: sorting is the API's, rows work by keyboard (arrows, Enter), thousands of rows stay quick. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, columns, rows: data, rowId, onOpen, selection, footer, height } = props
  const scroller = useRef<HTMLDivElement>(null)
  const definitions = useMemo(() => columns.map(({ id, header }) => ({ id, header })), [columns])
  const table = useTable({ features, columns: definitions, data, getRowId: rowId })
  const rows = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 3,
    // New rows in a task of their own: together with the frame's layout and painting they would make one long one.
    useFlushSync: false,
    enabled: height !== undefined,
  })
  const items = height === undefined ? rows.map((_, index) => ({ index, start: 0, end: 0 })) : virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = height === undefined ? 0 : virtual.getTotalSize() - (items.at(-1)?.end ?? 0)

  // In another order the middle of the list is nowhere in particular.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [props.sort])

  const anchor = useRef<string | null>(null)
  // The same function while one scrolls: rows that stay in sight are then left as they are.
  const toggle = useCallback(
    (id: string, on: boolean, range = false) => {
      const next = new Set(selection?.selected)
      for (const one of range ? between(data.map(rowId), anchor.current, id) : [id]) {
        if (on) next.add(one)
        else next.delete(one)
      }
      anchor.current = id
      selection?.onChange(next)
    },
    [selection, data, rowId],
  )

  return (
    <div
      ref={scroller}
      className={cn('@container relative overflow-x-auto', height !== undefined && 'overflow-y-auto')}
      style={{ maxHeight: height }}
    >
      <table
        aria-label={label}
        aria-rowcount={data.length + 1}
        className="w-full table-fixed border-collapse text-left"
      >
        <thead className="sticky top-0 z-[1] bg-surface">
          <tr className="border-b border-line">
            {selection && (
              <th scope="col" className="w-11 pl-4">
                <SelectAll ids={rows.map(({ id }) => id)} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={props.sort} onSortChange={props.onSortChange} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {items.map(({ index }) => {
            const row = rows[index]
            if (!row) return null
            return (
              <Row
                key={row.id}
                id={row.id}
                row={row.original}
                index={index}
                columns={columns}
                onOpen={onOpen}
                toggle={selection && toggle}
                isSelected={selection ? selection.selected.has(row.id) : undefined}
                labelOf={selection?.labelOf}
              />
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
      {footer}
    </div>
  )
}

interface RowProps<T> {
  id: string
  row: T
  index: number
  columns: readonly DataColumn<T>[]
  onOpen: ((row: T) => void) | undefined
  /** Where rows can be selected: this one, or with `range` every row from the one that was chosen last. */
  toggle: ((id: string, on: boolean, range?: boolean) => void) | undefined
  isSelected: boolean | undefined
  labelOf: ((row: T) => string) | undefined
}

/** One line. Scrolling draws the table anew many times a second, and only rows that come into sight are made. */
const Row = memo(function Row<T>({ id, row, index, columns, onOpen, toggle, isSelected, labelOf }: RowProps<T>) {
  const chooseByKey = (event: KeyboardEvent<HTMLElement>) => {
    if (!toggle || event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return
    if (event.key.toLowerCase() !== 'x') return
    event.preventDefault()
    toggle(id, !isSelected, event.shiftKey)
  }
  return (
    <tr
      data-row=""
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={onOpen ? 0 : undefined}
      onClick={onOpen && ((event) => isOwnClick(event) && onOpen(row))}
      onKeyDown={
        onOpen &&
        ((event) => {
          onRowKey(event, () => onOpen(row))
          chooseByKey(event)
        })
      }
      className={cn(
        'h-12 border-b border-line transition-colors last:border-b-0 focus-visible:-outline-offset-2 aria-selected:bg-accent-soft',
        onOpen && 'cursor-pointer hover:bg-hover',
      )}
    >
      {toggle && (
        <td
          className="pl-4"
          onClickCapture={(event) => {
            if (!event.shiftKey || !isOnCheckbox(event)) return
            event.preventDefault()
            event.stopPropagation()
            toggle(id, !isSelected, true)
          }}
        >
          <Checkbox
            checked={isSelected ?? false}
            onCheckedChange={(on) => toggle(id, on)}
            label={labelOf?.(row) ?? ''}
            labelHidden
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          className={cn(
            'truncate px-4 py-1.5',
            column.align === 'end' && 'text-right',
            shownFrom[column.from ?? 'always'],
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}) as <T>(props: RowProps<T>) => ReactNode

function HeaderCell<T>({
  column,
  sort,
  onSortChange,
}: { column: DataColumn<T> } & Pick<DataTableProps<T>, 'sort' | 'onSortChange'>) {
  const t = useTranslations('common')
  const up = column.sort !== undefined && sort === column.sort.ascending
  const down = column.sort !== undefined && sort === column.sort.descending
  const Arrow = up ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
      className={cn(
        'h-10 px-4 text-small font-normal text-muted',
        column.align === 'end' && 'text-right',
        shownFrom[column.from ?? 'always'],
      )}
      style={{ width: column.width }}
    >
      {column.sort && onSortChange ? (
        <button
          type="button"
          className="inline-flex items-center gap-1 rounded-[4px] hover:text-ink"
          title={up ? t('sortAscending') : down ? t('sortDescending') : undefined}
          onClick={() => column.sort && onSortChange(up ? column.sort.descending : column.sort.ascending)}
        >
          {column.header}
          <Arrow aria-hidden="true" className={cn('size-3.5', !up && !down && 'opacity-0')} />
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

function SelectAll<T>({ ids, selection }: { ids: string[]; selection: NonNullable<DataTableProps<T>['selection']> }) {
  const t = useTranslations('common')
  const count = ids.filter((id) => selection.selected.has(id)).length
  return (
    <Checkbox
      checked={count === 0 ? false : count === ids.length ? true : 'indeterminate'}
      onCheckedChange={(on) => selection.onChange(new Set(on ? ids : []))}
      label={t('rows', { count: ids.length })}
      labelHidden
    />
  )
}

/** The ids from one row to another, whichever comes first; only the second where the first is gone. */
function between(ids: readonly string[], from: string | null, to: string): readonly string[] {
  const start = from === null ? -1 : ids.indexOf(from)
  const end = ids.indexOf(to)
  return start < 0 ? [to] : ids.slice(Math.min(start, end), Math.max(start, end) + 1)
}

function isOnCheckbox({ target }: MouseEvent<HTMLElement>): boolean {
  return target instanceof Element && target.closest('button') !== null
}

/** A click on a control inside the row, or one that ends a text selection, does not open the row. */
function isOwnClick(event: MouseEvent<HTMLElement>): boolean {
  const inside = event.target instanceof Element ? event.target.closest('a, button, input, label') : null
  return (inside === null || !event.currentTarget.contains(inside)) && window.getSelection()?.isCollapsed !== false
}

/** Enter opens the row that has the focus, the arrows go to its neighbours. */
function onRowKey(event: KeyboardEvent<HTMLElement>, open: () => void): void {
  const row = event.currentTarget
  if (event.target !== row) return
  if (event.key === 'Enter') open()
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  if (!(next instanceof HTMLElement) || !next.hasAttribute('data-row')) return
  event.preventDefault()
  next.focus()
}
