// A dialog, which takes the focus and gives it back to where it was.

export function createDialog(dialog, signal) {
  let opener = null;
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus({ preventScroll: true }), { signal });
  return {
    isOpen: () => dialog.open,
    open() {
      opener = document.activeElement;
      dialog.showModal();
    },
  };
}
