import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { copyText } from '../lib/copy-text.ts'
import { IconButton } from './icon-button.tsx'
import { notify } from './toast.tsx'

const shownMs = 1500

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useTranslations('common')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <IconButton
        size="small"
        label={label ?? t('copy')}
        icon={copied ? <Check className="text-ok" /> : <Copy />}
        onClick={() =>
          void copyText(text).then((done) =>
            done ? setCopied(true) : notify(t('copyByHand'), { tone: 'warn', description: text }),
          )
        }
      />
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  )
}
