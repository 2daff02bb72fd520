import type { ReactNode } from 'react';
import { Complaint } from '../shell/Complaint.js';
import type { Approval } from './useApproval.js';

interface ApprovalNoteProps<T> {
  id: string;
  approval: Approval<T>;
  /** Said after the prompt was closed. */
  cancelled: string;
  done?: (value: T) => ReactNode;
}

/** What came of it, under the form it came from. */
export const ApprovalNote = <T,>({ id, approval, cancelled, done }: ApprovalNoteProps<T>) => (
  <>
    <output className="approval-note">
      {approval.state === 'cancelled' ? <span className="quiet small">{cancelled}</span> : null}
      {approval.state === 'done' && done ? done(approval.value) : null}
    </output>
    <Complaint id={id}>{approval.state === 'refused' ? approval.complaint : ''}</Complaint>
  </>
);
