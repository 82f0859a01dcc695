import { DOMParser } from '@xmldom/xmldom'

const signatureMore = 'http://www.w3.org/2001/04/xmldsig-more#'
const encryption = 'http://www.w3.org/2001/04/xmlenc#'

/** All that a response may name. SHA-1, MACs, XPath and XSLT are not among it, so nothing of that is ever run. */
const allowedAlgorithms = new Set([
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  ...['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512', 'sha384'].map(
    (name) => `${signatureMore}${name}`,
  ),
  `${encryption}sha256`,
  `${encryption}sha512`,
])
const mostElements = 2000

/**
 * Whether a SAML response is one that may be looked at further: plain XML without document type, of the expected root,
 * with one assertion in all of it (a second one is how signatures are wrapped), and only algorithms that hold. Answers
 * what is wrong, or null.
 */
export function documentFault(xml: string): string | null {
  if (/<!/.test(xml.replaceAll(/<!\[CDATA\[|<!--/g, ''))) return 'It has a document type.'
  const faults: string[] = []
  const note = (message: string) => void faults.push(message)
  const document = new DOMParser({ errorHandler: { warning: note, error: note, fatalError: note } }).parseFromString(
    xml,
    'text/xml',
  )
  if (faults.length > 0 || !document?.documentElement) return 'It is not well-formed XML.'
  const root = document.documentElement
  if (root.localName !== 'Response' || root.namespaceURI !== 'urn:oasis:names:tc:SAML:2.0:protocol')
    return 'It is not a SAML 2.0 response.'
  const elements = Array.from(document.getElementsByTagName('*'))
  if (elements.length > mostElements) return 'It is too large.'
  const assertions = elements.filter(({ localName }) => localName === 'Assertion')
  if (elements.some(({ localName }) => localName === 'EncryptedAssertion'))
    return 'The assertion is encrypted, which is not supported: it comes over TLS already.'
  if (assertions.length !== 1) return `It has ${assertions.length} assertions instead of one.`
  if (assertions[0]?.parentNode !== root) return 'The assertion is not where it belongs.'
  for (const element of elements) {
    const algorithm = element.getAttribute('Algorithm')
    if (algorithm && !allowedAlgorithms.has(algorithm)) return `It uses ${algorithm}, which is not accepted.`
  }
  return null
}
