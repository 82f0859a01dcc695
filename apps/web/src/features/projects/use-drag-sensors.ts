import {
  type KeyboardCodes,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'

/** Cards are picked up by a mouse that moves, a finger that stays, and the keyboard; a tap and a scroll stay what they are. */
export function useDragSensors(coordinateGetter: KeyboardCoordinateGetter, keyboardCodes: KeyboardCodes) {
  return useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter, keyboardCodes }),
  )
}
