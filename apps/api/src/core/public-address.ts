import { BlockList, isIP } from 'node:net'

/** A range of addresses in CIDR form (RFC 4632), such as 10.1.0.0/16. */
export interface AddressRange {
  network: string
  prefix: number
}

/**
 * What IANA's special-purpose registry of IPv4 lists as not globally reachable, and the addresses at which clouds serve
 * credentials to their machines although they look public.
 */
const notPublic4 = rangesOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
])

/**
 * IPv6 goes the other way round: only global unicast is public (RFC 4291, 2.4), so loopback, link-local, unique local,
 * multicast, IPv4-mapped and NAT64 (RFC 6052, 64:ff9b::) fall out by themselves, and so does whatever comes later.
 */
const unicast6 = rangesOf(['2000::/3'])
/** Inside it: Teredo and other protocol assignments, documentation, and 6to4, which carries any IPv4 address. */
const notPublic6 = rangesOf(['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'])

/** Where machines in a cloud ask for their credentials: never meant by the name of a host that an operator allows. */
const linkLocal = rangesOf(['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::254/128', '100.100.100.200/32', '192.0.0.192/32'])

/** True for an address that anybody on the internet can reach; false for all others and for what is no address. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublic4.check(address, 'ipv4')
  return isIP(address) === 6 && unicast6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}

/** True for link-local addresses and the other ones at which clouds serve a machine's credentials, mapped forms too. */
export function isMetadataAddress(address: string): boolean {
  return within(linkLocal, address)
}

/** Whether an address lies in one of these ranges. An IPv4-mapped IPv6 address lies where its IPv4 address does. */
export function inRanges(ranges: readonly AddressRange[], address: string): boolean {
  return within(rangesOf(ranges.map(({ network, prefix }) => `${network}/${prefix}`)), address)
}

function within(list: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function rangesOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/')
    list.addSubnet(network, Number(prefix), isIP(network) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
