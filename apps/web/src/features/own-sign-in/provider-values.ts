import type {
  CreateProviderInput,
  ProviderKind,
  ProviderView,
  ProvisionedRole,
} from '@sparkle/shared/identity-providers'

/** What the form holds: fields of both kinds, so that changing the kind loses nothing that was typed. */
export interface ProviderValues {
  kind: ProviderKind
  name: string
  defaultRole: ProvisionedRole
  issuer: string
  clientId: string
  clientSecret: string
  ssoUrl: string
  certificates: string
}

export function valuesOf(provider: ProviderView | null): ProviderValues {
  return {
    kind: provider?.kind ?? 'oidc',
    name: provider?.name ?? '',
    defaultRole: provider?.defaultRole ?? 'artist',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    ssoUrl: provider?.ssoUrl ?? '',
    certificates: provider?.certificates.map(({ pem }) => pem).join('\n') ?? '',
  }
}

/** Several in one field, as they stand in a file one after another; or the bare base64 of metadata. */
export function splitCertificates(typed: string): string[] {
  const whole = typed.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  return whole ? [...whole] : [typed.trim()]
}

/** A new one is off, speaks for nobody and makes nobody a member until somebody says so on its card. */
export function inputOf(values: ProviderValues): CreateProviderInput {
  const { name, defaultRole, issuer, clientId, clientSecret, ssoUrl, certificates } = values
  const shared = {
    name: name.trim(),
    issuer: issuer.trim(),
    defaultRole,
    domains: [],
    jit: false,
    trustsSecondFactor: false,
    enabled: false,
  }
  return values.kind === 'oidc'
    ? { kind: 'oidc', ...shared, clientId: clientId.trim(), ...(clientSecret && { clientSecret }) }
    : { kind: 'saml', ...shared, ssoUrl: ssoUrl.trim(), certificates: splitCertificates(certificates) }
}
