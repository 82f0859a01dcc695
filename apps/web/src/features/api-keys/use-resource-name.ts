import { useTranslations } from 'use-intl'

const known = [
  'studio',
  'projects',
  'orders',
  'assets',
  'builds',
  'urls',
  'analytics',
  'activity',
  'notifications',
  'users',
  'roles',
  'reviews',
  'tasks',
  'time',
  'invoices',
  'messages',
  'moderation',
] as const

/** A resource of a permission in words; one that is newer than this page is shown as the API names it. */
export function useResourceName(): (resource: string) => string {
  const t = useTranslations('apiKeys.resource')
  return (resource) => {
    const name = known.find((one) => one === resource)
    return name ? t(name) : resource
  }
}
