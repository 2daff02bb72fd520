/** What went wrong, said once by screen readers when it appears; the field names it with `aria-describedby`. */
export const Complaint = ({ id, children }: { id: string; children: string }) => (
  <div id={id} role="alert">
    {children ? <p className="complaint">{children}</p> : null}
  </div>
);
