import type { TemplateView } from '@sparkle/shared/builds'
import { Checkbox } from '../../components/checkbox.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { Switch } from '../../components/switch.tsx'
import { useGameWords } from '../../lib/game-words.ts'
import type { Config, ConfigField, ConfigValue } from './config-fields.ts'

interface ConfigFormProps {
  template: TemplateView
  fields: readonly ConfigField[]
  config: Config
  onChange: (config: Config) => void
}

/** A form made from the template's own JSON Schema, so that a new template needs no new form. */
export function ConfigForm({ template, fields, config, onChange }: ConfigFormProps) {
  return (
    <div className="grid gap-4">
      {fields.map((field) => (
        <Setting
          key={field.key}
          field={field}
          template={template}
          value={config[field.key]}
          onChange={(value) => onChange({ ...config, [field.key]: value })}
        />
      ))}
    </div>
  )
}

interface SettingProps {
  field: ConfigField
  template: TemplateView
  value: ConfigValue | undefined
  onChange: (value: ConfigValue) => void
}

function Setting({ field, template, value, onChange }: SettingProps) {
  const words = useGameWords([template])
  const label = words.label(field.key)
  const options =
    'options' in field ? field.options.map((id) => ({ value: id, label: words.option(field.key, id) })) : []

  switch (field.kind) {
    case 'choice':
      return (
        <Field label={label}>
          {(tie) =>
            options.length <= 3 ? (
              <SegmentedControl
                label={label}
                options={options}
                value={String(value)}
                onValueChange={onChange}
                className="w-full"
              />
            ) : (
              <Select {...tie} options={options} value={String(value)} onValueChange={onChange} />
            )
          }
        </Field>
      )
    case 'choices': {
      const chosen = Array.isArray(value) ? value : []
      return (
        <fieldset>
          <legend className="mb-2 font-strong">{label}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {options.map((option) => (
              <Checkbox
                key={option.value}
                label={option.label}
                checked={chosen.includes(option.value)}
                onCheckedChange={(on) =>
                  onChange(field.options.filter((id) => (id === option.value ? on : chosen.includes(id))))
                }
              />
            ))}
          </div>
        </fieldset>
      )
    }
    case 'number':
      return (
        <Field label={label} hint={words.range(field.minimum, field.maximum)}>
          {(tie) => (
            <Input
              {...tie}
              type="number"
              min={field.minimum}
              max={field.maximum}
              step={field.whole ? 1 : 'any'}
              value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
              onChange={(event) => onChange(event.target.valueAsNumber)}
            />
          )}
        </Field>
      )
    case 'switch':
      return <Switch label={label} checked={value === true} onCheckedChange={onChange} />
    case 'text':
      return (
        <Field label={label}>
          {(tie) => (
            <Input
              {...tie}
              value={typeof value === 'string' ? value : ''}
              maxLength={field.maxLength}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )
  }
}
