import type { PetProfile } from '@sparkle/shared/profiles'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { petClientQuery } from './api.ts'

interface PetValues {
  petName: string
  petBreed: string
  customerName: string
  customerEmail: string
}
/** As far as it is asked of the form. */
interface PetForm {
  getValues: () => PetValues
  setValue: (name: keyof PetValues, value: string, options?: { shouldValidate?: boolean }) => void
}
type People = Pick<PetValues, 'customerName' | 'customerEmail'>
const nobody: People = { customerName: '', customerEmail: '' }

/**
 * The pet that has been here before, and what the form takes over from it. `withPeople`: from its client as well, where
 * nobody has typed a customer.
 */
export function useKnownPet(form: PetForm, first: string | null, withPeople: boolean) {
  const client = useQueryClient()
  const [petId, setPetId] = useState(first)
  const latest = useRef(first)
  const filled = useRef(nobody)

  const fillPeople = (people: People) => {
    const { customerName, customerEmail } = form.getValues()
    if (customerName !== filled.current.customerName || customerEmail !== filled.current.customerEmail) return
    filled.current = people
    form.setValue('customerName', people.customerName)
    form.setValue('customerEmail', people.customerEmail)
  }
  const findPeople = async (accountId: string): Promise<People> => {
    try {
      const { name, contacts } = await client.fetchQuery(petClientQuery(accountId))
      const [contact] = contacts
      return { customerName: contact?.name ?? name, customerEmail: contact?.email ?? '' }
    } catch {
      // Then they are typed in: the project goes to the pet's client all the same.
      return nobody
    }
  }
  const takePet = async (pet: PetProfile | null) => {
    latest.current = pet?.id ?? null
    setPetId(latest.current)
    form.setValue('petName', pet?.name ?? '', { shouldValidate: pet !== null })
    form.setValue('petBreed', pet?.breed ?? '')
    if (!withPeople) return
    fillPeople(nobody)
    if (!pet?.accountId) return
    const people = await findPeople(pet.accountId)
    if (latest.current === pet.id) fillPeople(people)
  }
  return { petId, takePet: (pet: PetProfile | null) => void takePet(pet) }
}
