// oxlint-disable-next-line import/no-unassigned-import -- the library of certificates wants it loaded before itself
import 'reflect-metadata'
import { generateKeyPairSync, randomUUID, webcrypto } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import * as x509 from '@peculiar/x509'
import { SignedXml } from 'xml-crypto'

/** What a test bends, to see it refused. */
export interface BentSaml {
  audience?: string
  issuer?: string
  recipient?: string
  inResponseTo?: string
  /** Of the assertion, from now. */
  notOnOrAfterMs?: number
  notBeforeMs?: number
  unsigned?: boolean
  foreignKey?: boolean
  sha1?: boolean
  nameIdFormat?: string
  /** Changes the finished document: for wrapping signatures. */
  rewrite?: (xml: string) => string
}

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

async function makeCertificate(privateKey: string, publicKey: string): Promise<string> {
  const pem = (text: string) => Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64')
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const { subtle } = webcrypto
  const keys = {
    privateKey: await subtle.importKey('pkcs8', pem(privateKey), algorithm, true, ['sign']),
    publicKey: await subtle.importKey('spki', pem(publicKey), algorithm, true, ['verify']),
  }
  x509.cryptoProvider.set(webcrypto as unknown as Crypto)
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test provider',
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithm,
    keys: keys as unknown as CryptoKeyPair,
  })
  return made.toString('pem')
}

function makeKey() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

/** A SAML identity provider without a page: it reads a request's address and answers the form it would post. */
export async function makeSamlProvider(issuer: string) {
  const [key, foreign] = [makeKey(), makeKey()]
  const certificate = await makeCertificate(key.privateKey, key.publicKey)

  function sign(xml: string, id: string, bent: BentSaml): string {
    const hash = bent.sha1 ? 'http://www.w3.org/2000/09/xmldsig#sha1' : 'http://www.w3.org/2001/04/xmlenc#sha256'
    const signature = new SignedXml({
      privateKey: bent.foreignKey ? foreign.privateKey : key.privateKey,
      signatureAlgorithm: bent.sha1
        ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
        : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      canonicalizationAlgorithm: exclusive,
    })
    signature.addReference({ xpath: `//*[@ID='${id}']`, transforms: [enveloped, exclusive], digestAlgorithm: hash })
    signature.computeSignature(xml, {
      location: { reference: `//*[@ID='${id}']/*[local-name(.)='Issuer']`, action: 'after' },
    })
    return signature.getSignedXml()
  }

  /** Whoever comes by this address is `person`. */
  function answer(authorizeUrl: string, person: { nameId: string; email: string; name: string }, bent: BentSaml = {}) {
    const url = new URL(authorizeUrl)
    const request = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
    const read = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(request)?.[1] ?? ''
    const acs = read('AssertionConsumerServiceURL')
    const audience = /<saml:Issuer[^>]*>([^<]+)</.exec(request)?.[1] ?? ''
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    const until = at(bent.notOnOrAfterMs ?? 300_000)
    const to = bent.inResponseTo ?? read('ID')
    const [id, assertionId] = [`_${randomUUID()}`, `_${randomUUID()}`]
    const format = bent.nameIdFormat ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
    const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${id}" Version="2.0" IssueInstant="${at(0)}" Destination="${acs}" InResponseTo="${to}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${assertionId}" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${bent.issuer ?? issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${format}">${person.nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${bent.recipient ?? acs}" InResponseTo="${to}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(bent.notBeforeMs ?? -5000)}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${bent.audience ?? audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>${person.email}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="displayName"><saml:AttributeValue>${person.name}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>`
    const signed = bent.unsigned ? xml : sign(xml, assertionId, bent)
    const document = bent.rewrite ? bent.rewrite(signed) : signed
    return {
      acs,
      form: {
        SAMLResponse: Buffer.from(document).toString('base64'),
        RelayState: url.searchParams.get('RelayState') ?? '',
      },
    }
  }

  return { issuer, certificate, ssoUrl: `${issuer}/sso`, answer }
}
export type TestSamlProvider = Awaited<ReturnType<typeof makeSamlProvider>>
