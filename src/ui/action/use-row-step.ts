import { type ActionJSON, useNotice, ViewHelpers } from 'adminjs';
import { useNavigate } from 'react-router';
import { useOneClick } from './use-one-click.ts';

/** Takes a one-click step with a row of the list: a notice says what became of it, a warning opens the step's page. */
export function useRowStep(): (action: ActionJSON, recordId: string) => Promise<void> {
  const take = useOneClick();
  const addNotice = useNotice();
  const navigate = useNavigate();
  return async (action, recordId) => {
    const { name: actionName, resourceId } = action;
    const click = await take(action, recordId);
    if (click?.outcome)
      addNotice({ message: click.outcome.message, type: click.outcome.ok ? 'success' : 'error' });
    else if (click) navigate(new ViewHelpers().recordActionUrl({ resourceId, recordId, actionName }));
  };
}
