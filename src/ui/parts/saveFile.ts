/** Hands the browser a text file to save. The address of its content is withdrawn as soon as the browser has it. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: WebKit begins to read after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
