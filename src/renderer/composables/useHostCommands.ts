import type { HostCommand } from '../../shared/transport/bridge';
import { useTransport } from '../transport';
import { isTyping } from './useKeys';

/**
 * Follows the window's menu. Its keys arrive here whenever the viewer did not take them, so the same rules hold as for
 * the viewer's own: in a text field undo is the field's, and over a dialog nothing happens behind it.
 */
export function useHostCommands(commands: Record<HostCommand, () => void>): void {
  useTransport().onHost('host.command', ({ command }) => {
    if ((command === 'undo' || command === 'redo') && isTyping(document.activeElement)) {
      document.execCommand(command);
    } else if (!document.querySelector('dialog[open]')) commands[command]();
  });
}
