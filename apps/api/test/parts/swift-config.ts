/** The ports that one Swift needs. */
export type SwiftPorts = { proxy: number; account: number; container: number; object: number; memcached: number }

export const storageKinds = ['account', 'container', 'object'] as const
export type StorageKind = (typeof storageKinds)[number]

/** The proxy with the S3 interface in front; `tempauth` holds the one user, whose key is the S3 secret. */
export function proxyConfig(folder: string, ports: SwiftPorts, key: { id: string; secret: string }): string {
  const [account, user] = key.id.split(':')
  return `${defaults(folder, ports.proxy)}
[pipeline:main]
pipeline = catch_errors gatekeeper proxy-logging cache listing_formats bulk s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${ports.memcached}
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
[filter:tempauth]
use = egg:swift#tempauth
user_${account}_${user} = ${key.secret} .admin
[filter:slo]
use = egg:swift#slo
`
}

export function storageConfig(kind: StorageKind, folder: string, ports: SwiftPorts): string {
  return `${defaults(folder, ports[kind])}
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`
}

/** Writes the three one-replica rings in one go; `swift-ring-builder` needs nine calls and three seconds for it. */
export const ringScript = `
import sys
from swift.common.ring import RingBuilder
for ring in sys.argv[2:]:
    kind, port = ring.split('=')
    builder = RingBuilder(4, 1, 1)
    builder.add_dev({
        'region': 1, 'zone': 1, 'device': 'disk', 'weight': 1, 'meta': '',
        'ip': '127.0.0.1', 'port': int(port), 'replication_ip': '127.0.0.1', 'replication_port': int(port),
    })
    builder.rebalance()
    builder.get_ring().save('%s/%s.ring.gz' % (sys.argv[1], kind))
`

function defaults(folder: string, port: number): string {
  return `[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
swift_dir = ${folder}
devices = ${folder}/devices
mount_check = false
user = ${process.getuid?.() === 0 ? 'root' : (process.env['USER'] ?? 'nobody')}
workers = 0
log_level = WARNING
log_address = ${folder}/no-syslog
`
}
