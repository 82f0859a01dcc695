import { useState } from 'react'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { Dropzone } from '../../components/dropzone.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { FileList } from '../../components/file-list.tsx'
import { Wordmark } from '../../components/logo.tsx'
import { Picture } from '../../components/picture.tsx'
import { PixelScene } from '../../components/pixel-scene.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Sparkline } from '../../components/sparkline.tsx'
import { StatusText } from '../../components/status.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { notify } from '../../components/toast.tsx'
import { TrendChart } from '../../components/trend-chart.tsx'
import { ProblemError } from '../../lib/problem.ts'
import { colours, files, people, points, rows, sprite, steps, words, type SampleRow } from './samples.ts'

const columns: DataColumn<SampleRow>[] = [
  {
    id: 'pet',
    header: words.pet,
    cell: (row) => <span className="font-strong">{row.pet}</span>,
    sort: { ascending: 'petName', descending: '-petName' },
  },
  {
    id: 'status',
    header: words.status,
    cell: (row) => <StatusText tone={row.status.tone}>{row.status.word}</StatusText>,
  },
  {
    id: 'due',
    header: words.due,
    cell: (row) => row.due,
    from: 'sm',
    sort: { ascending: 'deadline', descending: '-deadline' },
  },
  { id: 'hours', header: words.hours, cell: (row) => row.hours, align: 'end', width: '88px' },
]
const problem = new ProblemError({
  status: 503,
  code: 'internal',
  requestId: '01936f2e-6f0b-7cc3-98c4-dc0c0c07398f',
})
const scenes = ['box', 'search', 'door', 'flag'] as const

export function TypeAndColour() {
  return (
    <Card>
      <Wordmark scale={3} />
      <p className="mt-4 text-display font-strong tracking-tight">{words.display}</p>
      <p className="text-large font-strong">{words.largeText}</p>
      <p className="mt-1">{words.baseText}</p>
      <p className="mt-1 text-small text-muted">{words.smallText}</p>
      <ul className="mt-5 grid grid-cols-4 gap-2 sm:grid-cols-8">
        {colours.map((name) => (
          <li key={name} className="text-small text-muted">
            <span className="mb-1 block h-8 rounded-box border border-line" style={{ background: `var(--${name})` }} />
            <span className="block truncate" title={name}>
              {name}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function Data() {
  const [sort, setSort] = useState('petName')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['1']))
  return (
    <Card title={words.projects} flush className="lg:col-span-2">
      <DataTable
        label={words.projects}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={(row) => notify(row.pet)}
        sort={sort}
        onSortChange={setSort}
        selection={{ selected, onChange: setSelected, labelOf: (row) => row.pet }}
        height="320px"
      />
    </Card>
  )
}

export function Files() {
  return (
    <Card title={words.files}>
      <Dropzone
        label={words.dropLabel}
        accept={{ 'image/jpeg': ['.jpg', '.jpeg'], 'image/png': ['.png'], 'image/webp': ['.webp'] }}
        maxSizeBytes={10_485_760}
        onFiles={(added) => notify(added.map((file) => file.name).join(', '))}
        onRefused={(reasons) => notify(reasons.join(' '), { tone: 'bad' })}
        className="mb-3"
      />
      <FileList files={files} onRetry={(id) => notify(id)} onRemove={(id) => notify(id)} />
    </Card>
  )
}

export function Pictures() {
  const [tab, setTab] = useState<'chart' | 'way'>('chart')
  return (
    <Card title={words.pictures}>
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <Picture src={sprite} alt={words.pet} kind="sprite" className="w-24" />
        <Picture src={null} alt="" kind="photo" className="w-24" />
        <div className="flex gap-2">
          {people.map((name) => (
            <Avatar key={name} name={name} labelled />
          ))}
        </div>
        <div>
          <Sparkline values={points.map(({ plays }) => plays)} label={words.spark} />
          <RelativeTime at="2026-11-20T08:00:00.000000Z" className="text-small text-muted" />
        </div>
      </div>
      <Tabs
        label={words.tabs}
        value={tab}
        onValueChange={setTab}
        tabs={[
          {
            value: 'chart',
            label: words.plays,
            count: 48,
            content: (
              <TrendChart
                kind="area"
                series={[
                  { key: 'plays', name: words.plays },
                  { key: 'views', name: words.views },
                ]}
                points={points}
                summary={words.chart}
                formatValue={String}
              />
            ),
          },
          { value: 'way', label: words.way, content: <Timeline items={steps} label={words.way} /> },
        ]}
      />
      <div className="mt-6">
        <Timeline items={steps} label={words.way} flat />
      </div>
    </Card>
  )
}

export function States() {
  return (
    <Card title={words.states} className="lg:col-span-2">
      <div className="grid items-center gap-4 md:grid-cols-3">
        <EmptyState
          scene="spark"
          title={words.emptyTitle}
          body={words.emptyBody}
          action={<Button look="primary">{words.emptyAction}</Button>}
        />
        <ErrorState error={problem} onRetry={() => notify(words.loading)} />
        <div className="flex flex-col gap-4">
          <SkeletonList rows={4} />
          <div className="grid grid-cols-2 gap-4">
            {scenes.map((name) => (
              <PixelScene key={name} name={name} scale={3} className="h-auto max-w-full" />
            ))}
          </div>
        </div>
      </div>
    </Card>
  )
}
