import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { startSmtp } from './smtp.ts'

test('catches mail, parsed, from those who know the password', async () => {
  const catcher = await startSmtp()
  const coming = catcher.waitFor((mail) => mail.to.includes('ada@example.test'))
  const transport = createTransport(catcher.url)
  await transport.sendMail({ from: 'studio@example.test', to: 'ada@example.test', subject: 'Grüße', text: 'Hello' })
  const mail = await coming
  expect(mail.content.subject).toBe('Grüße')
  expect(mail.content.text?.trim()).toBe('Hello')
  expect(mail.from).toBe('studio@example.test')
  transport.close()

  const stranger = createTransport(catcher.url.replace(/:[^:@]*@/, ':wrong@'))
  await expect(stranger.sendMail({ from: 'a@b.test', to: 'c@d.test', text: 'x' })).rejects.toThrow('Invalid login')
  stranger.close()
  await expect(catcher.waitFor((other) => other.to.includes('c@d.test'), 0.1)).rejects.toThrow('No such mail')
  await catcher.stop()
})
