import { parsePaletteFile, PaletteFileError } from '@sparkle/pixel/palette-file'
import { FileUp } from 'lucide-react'
import { useRef, type ChangeEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { notify } from '../../components/toast.tsx'

interface ImportPaletteProps {
  /** '#rrggbb' colours, in the file's order. */
  onImport: (colors: string[]) => void
}

/** Takes the colours of a palette file: GIMP's `.gpl`, or `.hex` as Lospec writes it. */
export function ImportPalette({ onImport }: ImportPaletteProps) {
  const t = useTranslations('sprites.palette')
  const input = useRef<HTMLInputElement>(null)
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.currentTarget.files ?? []
    // So that the same file, mended, can be chosen again.
    event.currentTarget.value = ''
    if (!file) return
    try {
      const { name, colors } = parsePaletteFile(await file.text())
      onImport(colors)
      notify(t('imported', { count: colors.length, name: name ?? file.name }))
    } catch (error) {
      const fault = error instanceof PaletteFileError ? error : null
      notify(t('importFailed', { name: file.name }), {
        tone: 'bad',
        description: t(`fault.${fault?.fault ?? 'unreadable'}`, { line: fault?.line ?? 0 }),
      })
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".gpl,.hex,text/plain"
        aria-label={t('import')}
        onChange={(event) => void read(event)}
        className="hidden"
      />
      <Button
        look="quiet"
        size="small"
        icon={<FileUp />}
        title={t('importHint')}
        onClick={() => input.current?.click()}
      >
        {t('import')}
      </Button>
    </>
  )
}
