import { X509Certificate } from 'node:crypto'
import type { ProviderKind } from '@sparkle/shared/identity-providers'

export const recordPrefix = '_sparkle-sign-in.'

/** A record of its own: whoever may show games on a domain may not for that reason speak for its people. */
export function recordOf(domain: string, token: string) {
  return { type: 'TXT' as const, name: `${recordPrefix}${domain}`, value: `sparkle-sign-in=${token}` }
}

export interface Certificate {
  pem: string
  subject: string
  fingerprint: string
  validTo: string
}

/** A certificate as PEM or as the bare base64 of metadata. Null for what is none, or whose key is too weak to trust. */
export function readCertificate(typed: string): Certificate | null {
  const body = typed.replaceAll(/-----[A-Z ]+-----|\s/g, '')
  const pem = `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`
  try {
    const { subject, fingerprint256, validTo, publicKey } = new X509Certificate(pem)
    const bits = publicKey.asymmetricKeyDetails?.modulusLength
    if (publicKey.asymmetricKeyType === 'rsa' ? (bits ?? 0) < 2048 : publicKey.asymmetricKeyType !== 'ec') return null
    return { pem, subject, fingerprint: fingerprint256, validTo: new Date(validTo).toISOString() }
  } catch {
    // What cannot be read is not a certificate.
    return null
  }
}

/** Which fields only the other kind has. */
export const foreignFields: Record<ProviderKind, readonly string[]> = {
  oidc: ['ssoUrl', 'certificates'],
  saml: ['clientId', 'clientSecret'],
}

/** Fields with which another server, or another account at it, would answer: a try out of before says nothing then. */
export const identifying = ['issuer', 'clientId', 'clientSecret', 'ssoUrl', 'certificates'] as const

/** Addresses that a provider's settings name at our side. */
export function ownUrls(publicOrigin: string, kind: ProviderKind, id: string) {
  const base = `${publicOrigin}/api/v1/auth/${kind}/${id}`
  return {
    callbackUrl: kind === 'oidc' ? `${base}/callback` : `${base}/acs`,
    metadataUrl: kind === 'saml' ? `${base}/metadata` : null,
    startUrl: `${base}/start`,
  }
}
