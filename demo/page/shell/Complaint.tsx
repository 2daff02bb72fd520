interface ComplaintProps {
  id: string;
  /** Nobody made a mistake: said without alarm. */
  isCalm?: boolean;
  children: string;
}

/** What went wrong, said once by screen readers when it appears; the field names it with `aria-describedby`. */
export const Complaint = ({ id, isCalm = false, children }: ComplaintProps) => (
  <div id={id} role="alert">
    {children ? <p className={isCalm ? 'quiet' : 'complaint'}>{children}</p> : null}
  </div>
);
