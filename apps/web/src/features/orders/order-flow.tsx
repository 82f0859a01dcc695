import { zodResolver } from '@hookform/resolvers/zod'
import type { StudioView } from '@sparkle/shared/orders'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { FormProvider, useForm, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { newKey } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'
import { meQuery } from '../../lib/session.tsx'
import { isSignedOut, usePlaceOrder } from './api.ts'
import type { KnownCustomer } from './known-customer.ts'
import {
  clearDraft,
  fieldOfPath,
  loadDraft,
  newDraft,
  orderBody,
  orderForm,
  saveDraft,
  senderOf,
  stepOfField,
  withCustomer,
  type OrderDraft,
  type OrderFields,
} from './order-draft.ts'
import { OrderDone } from './order-done.tsx'
import { OrderSteps } from './order-steps.tsx'
import { StudioFace } from './studio-face.tsx'
import { useStepTrail } from './use-step-trail.ts'
import { arePhotosGone, useOrderPhotos } from './use-order-photos.ts'

interface OrderFlowProps {
  studio: StudioView
  /** Who orders, where they have been here before and are signed in. */
  customer: KnownCustomer | null
}

/** The whole way of an order, from the first photo to the thank-you. A new draft begins with a new key. */
export function OrderFlow({ studio, customer }: OrderFlowProps) {
  const [first, setFirst] = useState(() => loadDraft(studio.slug))
  const [earlier, setEarlier] = useState(false)
  const finish = (receipt: OrderDraft['receipt'], wasEarlier: boolean) => {
    setEarlier(wasEarlier)
    setFirst((draft) => ({ ...draft, receipt }))
  }
  const startOver = () => {
    clearDraft(studio.slug)
    setFirst(newDraft())
  }
  if (first.receipt) {
    return (
      <OrderDone
        receipt={first.receipt}
        studioName={studio.name}
        thanks={studio.orderThanks}
        earlier={earlier}
        onAnother={startOver}
      />
    )
  }
  return <OrderDraftForm key={first.key} studio={studio} customer={customer} first={first} onDone={finish} />
}

interface OrderDraftFormProps extends OrderFlowProps {
  first: OrderDraft
  onDone: (receipt: OrderDraft['receipt'], earlier: boolean) => void
}

function OrderDraftForm({ studio, customer, first, onDone }: OrderDraftFormProps) {
  const t = useTranslations('orders')
  const [draft, setDraft] = useState(first)
  const [notice, setNotice] = useState<string | null>(null)
  const place = usePlaceOrder(studio.slug)
  const form = useForm<OrderFields>({
    resolver: zodResolver(
      orderForm.refine(({ consent }) => consent, { path: ['consent'], error: () => t('consentMissing') }),
    ),
    defaultValues: withCustomer(first.fields, customer),
    mode: 'onTouched',
  })
  const photos = useOrderPhotos(studio.slug, first.photos)
  const fields = useWatch({ control: form.control })
  const trail = useStepTrail(first.key, first.step)
  useKeptDraft(studio.slug, {
    ...draft,
    step: trail.step,
    fields: fields as OrderDraft['fields'],
    photos: photos.saved,
  })

  const go = (step: number) => {
    trail.go(step)
    setNotice(null)
    window.scrollTo({ top: 0 })
  }
  const keep = (change: Partial<OrderDraft>) => {
    const next = { ...draft, ...change, step: trail.step, fields: form.getValues(), photos: photos.saved }
    setDraft(next)
    saveDraft(studio.slug, next)
  }
  const succeed = (receipt: OrderDraft['receipt'], earlier: boolean) => {
    // Only the receipt is kept: it shows the thank-you again after a reload, and nothing of the person stays behind.
    saveDraft(studio.slug, { ...newDraft(), receipt })
    onDone(receipt, earlier)
  }

  const sender = senderOf(draft, customer?.id ?? null)
  const refuse = (error: unknown) => {
    if (isProblem(error, 'order.consent_outdated')) form.setValue('consent', false)
    const faults = isProblem(error) ? error.errors : []
    const shown = faults.filter(({ path }) => fieldOfPath(path) in flatNames)
    for (const { path, message } of shown) {
      const name = fieldOfPath(path) as keyof typeof flatNames
      const text = name === 'consent' ? t('consentChanged') : message
      form.setError(name, { type: 'server', message: text }, { shouldFocus: true })
    }
    if (shown.length === 0) return
    go(Math.min(...shown.map(({ path }) => stepOfField(fieldOfPath(path)))))
    setNotice(t('refused'))
  }

  const fail = (error: unknown) => {
    // The key has been used: an earlier try became an order although its answer never came. That order counts.
    if (isProblem(error, 'idempotency.other_body') && draft.unanswered) {
      const sent = { body: draft.unanswered, key: draft.key, sender }
      place.mutate(sent, { onSuccess: (receipt) => succeed(receipt, true) })
      return
    }
    // That a sign-in has ended says nothing about an earlier try.
    if (isAnswered(error) && !(draft.unanswered && isSignedOut(error))) keep({ unanswered: null, sentBy: undefined })
    if (!arePhotosGone(error)) {
      refuse(error)
      return
    }
    const lost = photos.renew()
    go(0)
    setNotice(lost > 0 ? t('photos.lost') : t('photos.renewed'))
  }

  const client = useQueryClient()
  // A new key is another order; photos that the earlier one has taken are sent again, as after a long wait. Whoever is
  // not signed in any more is known no longer, so that this one goes out as whose it is now.
  const startNew = () => {
    keep({ key: newKey(), unanswered: null, sentBy: undefined })
    place.reset()
    setNotice(t('startedNew'))
    void client.resetQueries({ queryKey: meQuery.queryKey })
  }

  const submit = form.handleSubmit(
    (values) => {
      if (place.isPending) return
      setNotice(null)
      const pets = sender === null ? [] : (customer?.pets ?? [])
      const pet = pets.find(({ key }) => key === values.knownPet)
      const body = orderBody(values, photos.uploadIds, studio.form.consent.version, pet?.petProfileId)
      keep({ unanswered: draft.unanswered ?? body, sentBy: sender })
      place.mutate({ body, key: draft.key, sender }, { onSuccess: (receipt) => succeed(receipt, false), onError: fail })
    },
    (errors) => {
      const step = Math.min(...Object.keys(errors).map(stepOfField))
      if (step !== trail.step) go(step)
      setNotice(t('refused'))
    },
  )

  return (
    <FormProvider {...form}>
      <StudioFace studio={studio} small={trail.step > 0} />
      <OrderSteps
        studio={studio}
        photos={photos}
        pets={customer?.pets ?? []}
        step={trail.step}
        onStep={go}
        notice={notice}
        error={notice ? null : place.error}
        pending={place.isPending}
        offline={place.isPaused}
        mayHaveArrived={draft.unanswered !== null}
        onStartNew={startNew}
        onSubmit={() => void submit()}
      />
    </FormProvider>
  )
}

/** Whether the API has said no for good: nothing of this try is kept there. */
function isAnswered(error: unknown): boolean {
  return isProblem(error) && error.status >= 400 && error.status < 500 && error.code !== 'idempotency.in_progress'
}

const flatNames = {
  packageType: 0,
  'pet.name': 0,
  'pet.breed': 0,
  'pet.age': 0,
  'pet.personality': 0,
  'game.theme': 0,
  'game.difficulty': 0,
  'game.features': 0,
  'customer.name': 0,
  'customer.email': 0,
  'customer.phone': 0,
  consent: 0,
}

const settleMs = 250

/** Writes the draft down a moment after the last change, and at once when the page is left. */
function useKeptDraft(slug: string, draft: OrderDraft): void {
  const save = useEffectEvent(() => saveDraft(slug, draft))
  // After every render: whatever changed, the moment begins again.
  useEffect(() => {
    const timer = setTimeout(() => save(), settleMs)
    return () => clearTimeout(timer)
  })
  useEffect(() => {
    const onHide = () => save()
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [])
}
