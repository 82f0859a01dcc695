import type { BuildView } from '@sparkle/shared/builds'
import { Ban } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useConfirm } from '../../components/confirm.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { notify } from '../../components/toast.tsx'
import { useRevokePreview } from './api.ts'

/** The private link to a build's preview: to pass on, and to end for all who have it. */
export function PreviewLink({ build, mayRevoke }: { build: BuildView; mayRevoke: boolean }) {
  const t = useTranslations('builds.preview')
  const confirm = useConfirm()
  const revoke = useRevokePreview(() => notify(t('revoked')))
  if (!build.previewUrl) return null
  const ask = async () => {
    const yes = await confirm({
      title: t('revokeTitle', { number: build.number }),
      body: t('revokeBody'),
      confirmLabel: t('revoke'),
      danger: true,
    })
    if (yes) revoke.mutate(build.id)
  }
  return (
    <div className="mt-1 flex items-center justify-center gap-1 text-small text-muted">
      <span>{t('link')}</span>
      <CopyButton text={build.previewUrl} label={t('copy')} />
      {mayRevoke && (
        <IconButton
          size="small"
          bare
          label={t('revoke')}
          icon={<Ban />}
          disabled={revoke.isPending}
          onClick={() => void ask()}
        />
      )}
    </div>
  )
}
