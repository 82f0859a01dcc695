import type { VersionView } from '@sparkle/shared/reviews'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { refusesTicks, useDecideVersion } from './api.ts'
import { TickList } from './tick-list.tsx'
import { useTicksDraft } from './wishes-draft.ts'

interface ApproveDialogProps {
  version: VersionView
  /** Whose ticks these are: kept under their name until they approve. */
  person: string
  /** What approving means, and what is still open. */
  body: string
  open: boolean
  onOpenChange: (open: boolean) => void
  onApproved: () => void
}

/** A customer's approval. Where the studio has a checklist, every point of it is ticked first. */
export function ApproveDialog({ version, person, body, open, onOpenChange, onApproved }: ApproveDialogProps) {
  const t = useTranslations('reviews.screen')
  const words = useTranslations('reviews.decide')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const [chosen, setChosen] = useTicksDraft(person, version.id)
  const [missing, setMissing] = useState(false)
  const [seen, setSeen] = useState<readonly string[] | null>(null)
  const decide = useDecideVersion(version.id, () => {
    setChosen([])
    onOpenChange(false)
    onApproved()
  })
  const { points } = version
  // What the list was when the dialog opened: the studio may change it meanwhile.
  if (open !== (seen !== null)) {
    setSeen(open ? points : null)
    setMissing(false)
  }
  const fresh = seen === null ? [] : points.filter((point) => !seen.includes(point))
  const changed = refusesTicks(decide.error) || fresh.length > 0 || seen?.some((point) => !points.includes(point))
  // What is no point any more would be refused.
  const ticked = chosen.filter((point) => points.includes(point))
  const lacks = points.some((point) => !ticked.includes(point))
  const submit = () => {
    setMissing(lacks)
    if (!lacks) decide.mutate({ decision: 'approve', note: '', checklist: [], ticked })
  }
  const change = (to: boolean) => {
    decide.reset()
    onOpenChange(to)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={t('approveTitle', { number: version.number })}
      description={<span className="whitespace-pre-line">{body}</span>}
      footer={
        <>
          <Button look="quiet" size="large" onClick={() => change(false)}>
            {common('cancel')}
          </Button>
          <Button look="primary" size="large" pending={decide.isPending} onClick={submit}>
            {t('approve')}
          </Button>
        </>
      }
    >
      {(changed || points.length > 0 || decide.error) && (
        <div className="grid gap-4">
          {changed && <Notice tone="warn">{words('listChanged')}</Notice>}
          {points.length > 0 && (
            <TickList
              legend={words('tick')}
              points={points}
              ticked={ticked}
              fresh={fresh}
              onChange={setChosen}
              error={missing && lacks ? words('tickAll') : undefined}
            />
          )}
          {decide.error && !refusesTicks(decide.error) && <Notice tone="bad">{textOf(decide.error)}</Notice>}
        </div>
      )}
    </Dialog>
  )
}
