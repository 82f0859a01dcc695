import { describe, expect, test } from 'vitest'
import { recipientsOf } from './notifications.rules.ts'

const audience = {
  actorId: null,
  leads: ['boss', 'manager'],
  artist: 'artist',
  creator: 'creator',
  clients: ['client'],
}

describe('who is notified', () => {
  test('of each event those whom it concerns', () => {
    expect(recipientsOf('order:received', audience)).toEqual(['boss', 'manager'])
    expect(recipientsOf('project:assigned', audience)).toEqual(['artist'])
    expect(recipientsOf('url:deployed', audience)).toEqual(['artist', 'boss', 'manager'])
    expect(recipientsOf('build:failed', audience)).toEqual(['creator'])
    expect(recipientsOf('version:added', audience)).toEqual(['client'])
    expect(recipientsOf('review:approved', { ...audience, actorId: 'client' })).toEqual([
      'artist',
      'creator',
      'boss',
      'manager',
    ])
    expect(recipientsOf('message:added', { ...audience, actorId: 'client' })).toEqual(['artist', 'boss', 'manager'])
    expect(recipientsOf('message:added', { ...audience, actorId: 'boss', leads: [] })).toEqual(['artist', 'client'])
    expect(recipientsOf('url:expiring', audience)).toEqual(['boss', 'manager'])
    expect(recipientsOf('order:photo:added', audience)).toEqual(['artist'])
    expect(recipientsOf('order:photo:added', { ...audience, artist: null })).toEqual(['boss', 'manager'])
  })

  test('nobody twice, nobody of the own doing, nobody where there is nobody', () => {
    expect(recipientsOf('url:deployed', { ...audience, artist: 'boss' })).toEqual(['boss', 'manager'])
    expect(recipientsOf('url:deployed', { ...audience, actorId: 'manager' })).toEqual(['artist', 'boss'])
    expect(recipientsOf('project:assigned', { ...audience, artist: null })).toEqual([])
  })

  test('whoever started a build hears that it failed', () => {
    expect(recipientsOf('build:failed', { ...audience, actorId: 'creator' })).toEqual(['creator'])
  })
})
