import { useFormats, useRelative } from '../lib/format.ts'

/** "3 minutes ago", with the exact time on hover and for machines. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const { dateTime } = useFormats()
  return (
    <time dateTime={at} title={dateTime(at)} className={className}>
      {useRelative(at)}
    </time>
  )
}
