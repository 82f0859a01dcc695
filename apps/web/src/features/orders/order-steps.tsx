import type { StudioView } from '@sparkle/shared/orders'
import { ArrowRight, ChevronLeft, Send } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useController, useFormContext, useWatch } from 'react-hook-form'
import { Link, useLocation } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { isStageScene } from '../../components/sprite-stage.tsx'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { isSignedOut } from './api.ts'
import { GameStep } from './game-step.tsx'
import type { KnownPet } from './known-pets.ts'
import type { OrderFields } from './order-draft.ts'
import { PackageCards } from './package-cards.tsx'
import { PetStep } from './pet-step.tsx'
import { SketchSprite } from './sketch-sprite.tsx'
import { StepHeader, stepNames } from './step-header.tsx'
import type { OrderPhotos } from './use-order-photos.ts'
import { YouStep } from './you-step.tsx'

interface OrderStepsProps {
  studio: StudioView
  photos: OrderPhotos
  /** Those of a customer who has been here before. */
  pets: readonly KnownPet[]
  step: number
  onStep: (step: number) => void
  notice: string | null
  error: unknown
  pending: boolean
  /** The order waits for a connection. */
  offline: boolean
  /** An earlier try had no answer: it may have become an order. */
  mayHaveArrived: boolean
  /** Makes another order of what is entered, for whom nobody has to be signed in. */
  onStartNew: () => void
  onSubmit: () => void
}

const titles = ['petTitle', 'gameTitle', 'youTitle'] as const
const fieldsOfStep = [['packageType', 'pet'], ['game'], ['customer', 'consent']] as const

export function OrderSteps({
  studio,
  photos,
  pets,
  step,
  onStep,
  notice,
  error,
  pending,
  offline,
  mayHaveArrived,
  onStartNew,
  onSubmit,
}: OrderStepsProps) {
  const t = useTranslations('orders')
  const textOf = useProblemText()
  const { control, trigger } = useFormContext<OrderFields>()
  const { field } = useController({ control, name: 'packageType' })
  const [waitsFor, setWaitsFor] = useState<'busy' | 'failed' | null>(null)
  const signedOut = isSignedOut(error)
  const signInPath = `/sign-in?${new URLSearchParams({ next: useLocation().pathname }).toString()}`
  const last = step === stepNames.length - 1
  const nextName = stepNames[step + 1]

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!last) {
      if (await trigger(fieldsOfStep[step], { shouldFocus: true, shouldTouch: true })) onStep(step + 1)
      return
    }
    const hindrance = photos.busy ? 'busy' : photos.failed ? 'failed' : null
    setWaitsFor(hindrance)
    if (!hindrance) onSubmit()
  }
  const waiting = (waitsFor === 'busy' && photos.busy) || (waitsFor === 'failed' && photos.failed)

  return (
    <>
      {step === 0 && (
        <section className="mb-8">
          <h2 className="mb-3 text-large font-strong">{t('package.legend')}</h2>
          <PackageCards packages={studio.packages} value={field.value} onValueChange={field.onChange} />
        </section>
      )}
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_320px]">
        <form onSubmit={(event) => void submit(event)} noValidate className="order-2 min-w-0 lg:order-1">
          <StepHeader step={step} onGo={onStep} />
          <h2 className="mt-6 mb-4 text-large font-strong">
            {t(`steps.${titles[step] ?? 'petTitle'}`)}
            <span className="sr-only">
              {' · '}
              {t('steps.progress', {
                step: step + 1,
                count: stepNames.length,
                name: t(`steps.${stepNames[step] ?? 'pet'}`),
              })}
            </span>
          </h2>
          {notice && (
            <Notice tone="warn" className="mb-4">
              {notice}
            </Notice>
          )}
          {step === 0 && <PetStep photos={photos} pets={pets} form={studio.form} />}
          {step === 1 && <GameStep form={studio.form} />}
          {step === 2 && <YouStep consent={studio.form.consent} />}
          {error !== null && (
            <Notice
              tone="bad"
              className="mt-5"
              action={
                signedOut && (
                  <Link to={signInPath} className="font-strong whitespace-nowrap underline">
                    {t('signIn')}
                  </Link>
                )
              }
            >
              {signedOut ? t('signInAgain') : textOf(error)}
              {signedOut && (
                <>
                  <p className="mt-2">
                    {t(mayHaveArrived ? 'startNewTwice' : 'startNewHint', { studio: studio.name })}
                  </p>
                  <Button size="small" className="mt-2" onClick={onStartNew}>
                    {t('startNew')}
                  </Button>
                </>
              )}
            </Notice>
          )}
          {offline && (
            <Notice tone="info" className="mt-5">
              {t('offline')}
            </Notice>
          )}
          {last && waiting && (
            <Notice tone="info" className="mt-5">
              {waitsFor === 'busy' ? t('photos.wait') : t('photos.failed')}
            </Notice>
          )}
          <div className="mt-6 flex items-center gap-3">
            {step > 0 && (
              <Button size="large" look="quiet" icon={<ChevronLeft />} onClick={() => onStep(step - 1)}>
                {t('steps.back')}
              </Button>
            )}
            <Button type="submit" look="primary" size="large" pending={pending} className="grow sm:grow-0">
              {last
                ? pending
                  ? t('sending')
                  : t('submit')
                : nextName && t('steps.next', { name: t(`steps.${nextName}`) })}
              {last ? <Send aria-hidden="true" /> : <ArrowRight aria-hidden="true" />}
            </Button>
          </div>
          <p className="mt-3 text-small text-muted">{t('kept')}</p>
        </form>
        <Aside studio={studio} photos={photos} step={step} />
      </div>
    </>
  )
}

/** The sketch and what is being ordered; on a phone the sketch stays above the form while it is filled in. */
function Aside({ studio, photos, step }: Pick<OrderStepsProps, 'studio' | 'photos' | 'step'>) {
  const t = useTranslations('orders')
  const { money } = useFormats()
  const { control } = useFormContext<OrderFields>()
  const [petName, theme, packageType] = useWatch({ control, name: ['pet.name', 'game.theme', 'packageType'] })
  const chosen = studio.packages.find(({ type }) => type === packageType)
  const photoUrl = photos.items.find(({ state, previewUrl }) => state !== 'failed' && previewUrl)?.previewUrl
  const scene = isStageScene(theme) ? theme : 'garden'
  if (step === 0 && !photoUrl) {
    return (
      <aside className="order-1 hidden lg:order-2 lg:block">
        <SketchSprite photoUrl={undefined} petName={petName} scene={scene} />
        <p className="mt-2 text-small text-muted">{t('sketch.hint')}</p>
      </aside>
    )
  }
  return (
    <aside className="order-1 lg:sticky lg:top-6 lg:order-2">
      <SketchSprite photoUrl={photoUrl} petName={petName} scene={scene} ratio={16 / 10} />
      <p className="mt-2 text-small text-muted">{photoUrl ? t('sketch.done') : t('sketch.hint')}</p>
      {chosen && step > 0 && (
        <dl className="mt-4 hidden gap-y-1.5 border-t border-line pt-4 lg:grid lg:grid-cols-[1fr_auto]">
          <dt className="font-strong">{chosen.name}</dt>
          <dd className="text-right font-strong tabular-nums">{money(chosen.price)}</dd>
          <dt className="text-muted">{t('package.days', { days: chosen.days })}</dt>
          <dd className="text-right text-muted">{t('summary.photos', { count: photos.items.length })}</dd>
          <dd className="col-span-2 text-small text-muted">{t('summary.payLater')}</dd>
        </dl>
      )}
    </aside>
  )
}
