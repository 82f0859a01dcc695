import { permissionNames } from '@sparkle/shared/permissions'
import { useTranslations } from 'use-intl'

/** A resource of a permission in words; one that is newer than this page is shown as the API names it. */
export function useResourceName(): (resource: string) => string {
  const t = useTranslations('permissions.resources')
  return (resource) => {
    const known = permissionNames.map(resourceOf).find((one) => one === resource)
    return known ? t(known) : resource
  }
}

type Resource<P> = P extends `${infer Name}:${string}` ? Name : never

function resourceOf<P extends string>(permission: P): Resource<P> {
  return permission.slice(0, permission.indexOf(':')) as Resource<P>
}
